/** The mark of the product. */
export function Mark() {
  return (
    <span className="dr-logo" aria-hidden="true">
      <svg viewBox="0 0 20 20">
        <rect x="1" y="1" width="18" height="18" rx="5" fill="var(--dr-accent-fill)" />
        <path
          d="M5.5 14V9.5M10 14V6M14.5 14v-3"
          stroke="var(--dr-on-accent)"
          strokeWidth="2"
          strokeLinecap="round"
        />
      </svg>
    </span>
  );
}
