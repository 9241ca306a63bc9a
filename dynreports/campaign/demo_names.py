"""The words and rates of the demo data: a made-up fashion house named Lumen, its people and its mails.

Everything here is a constant: what is drawn at random, and how, is in the siblings.
The sender and the failing domain end in ``.example`` and its addresses are of the documentation ranges: what
is said of them is said of nobody. The other recipient domains are those that a reader expects to see.
"""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A city with what it lies in; weight is its share of the recipients."""

    city: str
    state: str
    country: str
    unit: str
    weight: float


class Domain(NamedTuple):
    """A recipient domain: share of recipients, how often mail fails there, how often it is opened."""

    name: str
    weight: float
    failures: float
    opens: float


class Agent(NamedTuple):
    """What a message is opened with; weight is its share among agents of the same device."""

    browser: str | None
    device: str
    platform: str
    weight: float


class Link(NamedTuple):
    """A tracked link of a message. ``{slug}`` in the path stands for the campaign."""

    label: str
    category: str | None
    path: str
    url_type: int
    weight: float


class Rates(NamedTuple):
    """How one kind of delivery behaves.

    ``audience`` is a share of those who may get it, ``opens`` of those it was delivered to, ``clicks``
    and ``optouts`` of those who open (for SMS and push: clicks of delivered), ``failures`` multiplies
    the channel's failure rates.
    """

    audience: float
    opens: float
    clicks: float
    optouts: float
    complaints: float
    failures: float


PLACES = (
    Place("Paris", "Île-de-France", "FR", "France", 11),
    Place("Lyon", "Auvergne-Rhône-Alpes", "FR", "France", 5),
    Place("Marseille", "Provence-Alpes-Côte d'Azur", "FR", "France", 4),
    Place("Lille", "Hauts-de-France", "FR", "France", 3),
    Place("Nantes", "Pays de la Loire", "FR", "France", 3),
    Place("Bordeaux", "Nouvelle-Aquitaine", "FR", "France", 3),
    Place("Toulouse", "Occitanie", "FR", "France", 3),
    Place("Strasbourg", "Grand Est", "FR", "France", 2),
    Place("Brussels", "Brussels", "BE", "Benelux", 6),
    Place("Antwerp", "Flanders", "BE", "Benelux", 4),
    Place("Ghent", "Flanders", "BE", "Benelux", 4),
    Place("Liège", "Wallonia", "BE", "Benelux", 2),
    Place("Amsterdam", "North Holland", "NL", "Benelux", 5),
    Place("Rotterdam", "South Holland", "NL", "Benelux", 3),
    Place("Utrecht", "Utrecht", "NL", "Benelux", 3),
    Place("Luxembourg", "Luxembourg", "LU", "Benelux", 1),
    Place("Berlin", "Berlin", "DE", "Germany", 5),
    Place("Hamburg", "Hamburg", "DE", "Germany", 3),
    Place("Munich", "Bavaria", "DE", "Germany", 4),
    Place("Cologne", "North Rhine-Westphalia", "DE", "Germany", 3),
    Place("New York", "New York", "US", "United States", 6),
    Place("Boston", "Massachusetts", "US", "United States", 3),
    Place("Chicago", "Illinois", "US", "United States", 3),
    Place("San Francisco", "California", "US", "United States", 3),
    Place("Los Angeles", "California", "US", "United States", 3),
    Place("Montreal", "Quebec", "CA", "Canada", 3),
    Place("Toronto", "Ontario", "CA", "Canada", 2),
)

# Unit -> parent; the root has none. Order: a parent before its children.
UNITS: dict[str, str | None] = {
    "All": None,
    "Europe": "All",
    "France": "Europe",
    "Benelux": "Europe",
    "Germany": "Europe",
    "North America": "All",
    "United States": "North America",
    "Canada": "North America",
}

FAILING_DOMAIN = "oldpost.example"
FAILING_FACTOR = 26.0  # failure rates of the failing domain in the second half of the days
DOMAINS = (
    Domain("gmail.com", 34, 0.7, 1.05),
    Domain("outlook.com", 12, 1.0, 0.95),
    Domain("hotmail.com", 10, 1.3, 0.9),
    Domain("yahoo.com", 9, 1.4, 0.9),
    Domain("icloud.com", 8, 0.6, 1.2),
    Domain("orange.fr", 7, 1.1, 1.0),
    Domain("free.fr", 5, 1.2, 0.95),
    Domain("gmx.de", 5, 1.0, 1.0),
    Domain("telenet.be", 4, 0.9, 1.05),
    Domain(FAILING_DOMAIN, 6, 1.5, 0.9),
)

AGENTS = (
    Agent("Safari", "Mobile", "iOS", 52),
    Agent("Chrome", "Mobile", "Android", 38),
    Agent("Samsung Internet", "Mobile", "Android", 10),
    Agent("Chrome", "Desktop", "Windows", 44),
    Agent("Edge", "Desktop", "Windows", 20),
    Agent("Firefox", "Desktop", "Windows", 9),
    Agent("Safari", "Desktop", "macOS", 15),
    Agent("Chrome", "Desktop", "macOS", 9),
    Agent("Firefox", "Desktop", "Linux", 3),
    Agent("Safari", "Tablet", "iOS", 70),
    Agent("Chrome", "Tablet", "Android", 30),
    Agent(None, "Mobile", "iOS", 0),  # the two of push and in-app: an app, no browser
    Agent(None, "Mobile", "Android", 0),
)
APP_AGENTS = (11, 12)
PHONES = ("iOS", "Android")

LOYALTY = ("bronze", "silver", "gold")
LOYALTY_OPENS = (1.0, 1.15, 1.5, 0.85)  # bronze, silver, gold, not a member
SEGMENT_CODES = ("DORMANT", "REGULAR", "ENGAGED")
VARIANTS = ("A", "B")
VARIANT_OPENS = (1.0, 1.15)
VARIANT_CLICKS = (1.0, 1.35)
WEEKDAY_OPENS = (0.95, 1.35, 1.05, 1.05, 0.95, 0.8, 0.75)  # Monday first: Tuesday is the best day to send
LOCAL_CLICKS = 3.0  # clicks of people who live where the store opens
PHONE_CLICKS = (1.35, 0.75)  # push on iOS, on Android
ACTIONS = ("impression", "open", "click", "view", "button1", "button2", "close")

APPS = ("Lumen Shop", "Lumen Club")
APP_WITHOUT_VIEWS = "Lumen Club"  # its in-app messages report clicks and dismissals but never a view

SENDER_DOMAINS = ("news.lumen.example", "orders.lumen.example")
SENDER_IPS = ("192.0.2.10", "192.0.2.11", "198.51.100.24", "203.0.113.7")

OFFER_CLICK = 11  # the type of links to an offer
SHOP = "https://www.lumen.example"
OPEN, MIRROR, OPTOUT = 0, 1, 2  # positions of the links that every e-mail has
COMMON_LINKS = (
    Link("Open", None, "", 2, 0),
    Link("Mirror page", "Service", "https://mirror.lumen.example/page", 6, 0),
    Link("Unsubscribe", "Service", "https://mirror.lumen.example/unsubscribe", 3, 0),
)
LINKS = {
    "offer": (
        Link("Shop now", "Hero", "/{slug}", 1, 36),
        Link("Women", "Menu", "/{slug}/women", 1, 16),
        Link("Men", "Menu", "/{slug}/men", 1, 10),
        Link("Home", "Menu", "/{slug}/home", 1, 8),
        Link("Your offer", "Offer", "/{slug}/your-offer", OFFER_CLICK, 14),
        Link("Share with a friend", "Social", "/share", 10, 4),
        Link("Find a store", "Footer", "/stores", 1, 7),
        Link("Contact us", "Footer", "/contact", 1, 5),
    ),
    "digest": (
        Link("Read the story", "Hero", "/stories/latest", 1, 40),
        Link("Women", "Menu", "/women", 1, 16),
        Link("Men", "Menu", "/men", 1, 12),
        Link("Home", "Menu", "/home", 1, 10),
        Link("Share with a friend", "Social", "/share", 10, 5),
        Link("My account", "Footer", "/account", 1, 10),
        Link("Contact us", "Footer", "/contact", 1, 7),
    ),
    "local": (
        Link("Plan your visit", "Hero", "/stores/{slug}", 1, 50),
        Link("Opening hours", "Practical", "/stores/{slug}/hours", 1, 25),
        Link("Directions", "Practical", "/stores/{slug}/map", 1, 20),
        Link("Contact us", "Footer", "/contact", 1, 5),
    ),
    "care": (
        Link("Track my order", "Order", "/orders/track", 1, 60),
        Link("My account", "Footer", "/account", 1, 30),
        Link("Contact us", "Footer", "/contact", 1, 10),
    ),
    "sms": (Link("Open the offer", "SMS", "https://lumen.example/s/{slug}", 1, 1),),
}

# Kind of delivery -> (channel, links, rates).
KINDS: dict[str, tuple[str, str, Rates]] = {
    "single": ("email", "offer", Rates(0.42, 0.20, 0.15, 0.010, 0.0008, 1.0)),
    "ab": ("email", "offer", Rates(0.50, 0.195, 0.15, 0.010, 0.0008, 1.0)),
    "local": ("email", "local", Rates(0.60, 0.20, 0.12, 0.010, 0.0008, 1.0)),
    "digest": ("email", "digest", Rates(0.33, 0.155, 0.14, 0.008, 0.0006, 1.0)),
    "loyalty": ("email", "digest", Rates(0.30, 0.21, 0.16, 0.006, 0.0005, 1.0)),
    "winback": ("email", "offer", Rates(0.12, 0.11, 0.12, 0.060, 0.0060, 3.5)),
    "trans": ("email", "care", Rates(0.10, 0.62, 0.22, 0.0, 0.0002, 0.8)),
    "sms": ("sms", "sms", Rates(0.16, 0.0, 0.05, 0.0, 0.0, 1.0)),
    "push": ("push", "sms", Rates(0.55, 0.0, 0.045, 0.0, 0.0, 1.0)),
    "inapp": ("inapp", "sms", Rates(0.45, 0.0, 0.0, 0.0, 0.0, 0.0)),
}
# The mix: deliveries take these kinds in turn, so that a few already show most of them.
PATTERN = (
    "single", "digest", "ab", "trans", "push", "sms", "inapp", "local", "digest", "winback",
    "single", "digest", "trans", "ab", "push", "digest", "loyalty", "single", "digest", "single",
)  # fmt: skip

# Share of messages per channel: hard bounce, soft to the end, ignored, soft then delivered, negated later.
FAILURES = {
    "email": (0.009, 0.006, 0.001, 0.015, 0.003),
    "sms": (0.012, 0.014, 0.005, 0.020, 0.001),
    "push": (0.020, 0.008, 0.004, 0.0, 0.0),
    "inapp": (0.0, 0.0, 0.0, 0.0, 0.0),
}
# Channel -> reasons (code, weight) of hard, soft and ignored failures.
REASONS: dict[str, tuple[dict[int, float], dict[int, float], dict[int, float]]] = {
    "email": ({1: 70, 4: 15, 20: 10, 3: 5}, {5: 60, 3: 25, 2: 15}, {25: 60, 10: 40}),
    "sms": ({1: 60, 8: 25, 3: 15}, {3: 100}, {6: 100}),
    "push": ({1: 100}, {3: 100}, {6: 100}),
    "inapp": ({1: 1}, {3: 1}, {6: 1}),
}
FAILING_REASONS = (20, 3)  # hard, soft reason at the failing domain

# One theme for each half of a month, January first.
THEMES = (
    "New year, new home", "Winter sale", "Valentine's gifts", "The white shirt",
    "Spring collection", "Trench coat days", "Easter garden", "Colours of April",
    "Mother's Day", "Linen and light", "Father's Day", "Summer sale",
    "Beach house", "Holiday essentials", "Late summer", "Back to school",
    "Autumn collection", "Knitwear week", "Rainy day favourites", "Candle season",
    "Black Friday", "Winter coats", "Holiday gifts", "Party season",
)  # fmt: skip
SEASONS = ("Winter", "Spring", "Summer", "Autumn")
OPENINGS = ("Lyon", "Ghent", "Boston", "Cologne", "Nantes", "Utrecht", "Montreal", "Liège")
TRANSACTIONAL = ("Order confirmation", "Password reset", "Shipping notice")
SERVICES = ("Newsletter", "Store news", "App alerts")
HOURS = (1, 1, 1, 1, 1, 2, 4, 7, 9, 9, 8, 8, 9, 8, 7, 7, 8, 9, 11, 13, 14, 12, 7, 3)  # orders by hour
