"""The page server: Voilà with short addresses for what is published, and nothing to start for what is not.

::

    /              the list of what there is for its readers
    /r/NAME        a published report: its snapshot at once, the live page as soon as it stands
    /front-end/... our front end, which browsers keep
    /voila/...     Voilà's own: notebooks that people put into the folder ``pages``

Started by `servers.pages` as a process of its own; ``python -m dynreports.publish.page_server FOLDER``.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any
from urllib.parse import unquote

import tornado.web
from jupyter_server.services.contents.largefilemanager import LargeFileManager
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop
from tornado.iostream import StreamClosedError
from traitlets import Unicode
from voila.app import Voila
from voila.tornado.handler import TornadoVoilaHandler
from voila.utils import get_page_config

from dynreports.errors import DynReportsError
from dynreports.project.storage import Storage
from dynreports.publish import front_end, published
from dynreports.publish.folder import REPORT, shipped_notebooks


class _PageHandler(TornadoVoilaHandler):  # type: ignore[misc]  # Voilà is not typed
    """Renders a notebook that ships, after a head that was sent before any kernel was asked for."""

    head_is_sent = False
    unused: tuple[str, ...] = ()
    """Front-end extensions that this page does without."""

    @property
    def contents_manager(self) -> Any:
        """The notebooks that ship, wherever the server's own folder is."""
        return self.settings["dynreports_notebooks"]

    async def _render(self, title: str, snapshot: bytes | None, fresh: str = "") -> None:
        _ = self.xsrf_token  # a cookie (see jupyter/config/voila.py), and headers go with the first words
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        picture = None if snapshot is None else snapshot.decode("utf-8", errors="replace")
        opening = {
            "page_title": title,
            "snapshot": picture,
            "fresh": fresh,
            "page_config": self._page_config(),
            "version": front_end.version(),
        }
        self.write(self.render_template("opening.html.j2", **opening))
        self.head_is_sent = True
        await self.flush()
        try:
            async for html in self.get_generator():
                self.write(html)
                await self.flush()
        except (StreamClosedError, asyncio.CancelledError):
            raise
        except Exception:
            # An error page of its own is too late: what there is by now says so.
            self.log.exception("The live page of %s could not be started.", self.request.path)
            self.write(self.render_template("failed.html.j2"))

    def _page_config(self) -> dict[str, Any]:
        """Return what the front end has to know, but for the kernel: there is none yet."""
        known: dict[str, Any] | None = self.settings.get("dynreports_page_config")
        if known is None:
            found = get_page_config(
                base_url=self.base_url,
                settings=self.settings,
                log=self.log,
                voila_configuration=self.voila_configuration,
            )
            mathjax = url_path_join(self.base_url, "voila/templates/dynreports/static/no-math.js")
            known = {**found, "baseUrl": self.base_url, "fullMathjaxUrl": mathjax}
            self.settings["dynreports_page_config"] = known
        extensions = [each for each in known["federated_extensions"] if each["name"] not in self.unused]
        return {**known, "federated_extensions": extensions}


class HomeHandler(_PageHandler):
    """The list of what is published."""

    unused = ("ipyaggrid",)

    @tornado.web.authenticated
    async def get(self) -> None:
        await self._render("Reports", None)


class ReportHandler(_PageHandler):
    """One published report."""

    @tornado.web.authenticated
    async def get(self, name: str) -> None:
        storage: Storage = self.settings["dynreports_storage"]
        wanted = unquote(name)
        about = published.about(storage, wanted)
        if about is None:
            self._say_what_there_is(storage, wanted)
        else:
            moment = about.moment.astimezone().strftime("%b %d, %Y %I:%M %p")
            await self._render(about.title, _snapshot(storage, wanted), moment)

    def _say_what_there_is(self, storage: Storage, wanted: str) -> None:
        everything = published.published(storage)
        try:
            published.load(storage, wanted)
            problem = ""
        except DynReportsError as error:
            problem = str(error)
        self.set_status(404)
        self.write(
            self.render_template(
                "unknown.html.j2",
                wanted=wanted,
                problem=problem,
                reports=[(published.address(each.name)[1:], each.about) for each in everything[:500]],
            )
        )


def _snapshot(storage: Storage, name: str) -> bytes | None:
    try:
        return published.snapshot_path(storage, name).read_bytes()
    except OSError:
        return None


class FrontEndHandler(tornado.web.RequestHandler):
    """A file of the front end; open to everybody, as Voilà's own are."""

    def get(self, version: str, name: str) -> None:
        if version != front_end.version() or name not in front_end.TYPES:
            raise tornado.web.HTTPError(404)
        self.set_header("Content-Type", f"{front_end.TYPES[name]}; charset=utf-8")
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.write(front_end.packed(name))
        else:
            self.write(front_end.text(name))


class PageServer(Voila):  # type: ignore[misc]  # Voilà is not typed
    """Voilà, and our addresses in front of its own."""

    reports = Unicode(help="The folder of reports.").tag(config=True)

    def init_settings(self) -> dict[str, Any]:
        """Add what our handlers need."""
        notebooks = LargeFileManager(parent=self, root_dir=str(shipped_notebooks()))
        settings: dict[str, Any] = super().init_settings()
        return settings | {
            # Their names hold a hash of the content; Voilà has browsers ask for each at every visit.
            "static_immutable_cache": [url_path_join(self.server_url, "voila/labextensions/")],
            "dynreports_storage": Storage(self.reports),
            "dynreports_notebooks": notebooks,
        }

    def init_handlers(self) -> list[Any]:
        """Put our addresses in front of Voilà's."""
        report = {
            "notebook_path": REPORT,
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        base = self.server_url
        ours = [
            (base, HomeHandler, report),
            (url_path_join(base, "/r/?"), HomeHandler, report),
            (url_path_join(base, "/r/([^/]+)"), ReportHandler, report),
            (url_path_join(base, "/front-end/([^/]+)/([^/]+)"), FrontEndHandler),
        ]
        os.environ[front_end.SERVED] = front_end.version()  # for the kernels, which inherit it
        IOLoop.current().add_callback(self.kernel_manager.refill)
        return [*ours, *super().init_handlers()]


if __name__ == "__main__":
    PageServer.launch_instance()
