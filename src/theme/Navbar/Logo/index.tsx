/** The name of the course; its question mark is the only ornament. */
import Link from '@docusaurus/Link';

export default function NavbarLogo() {
  return (
    <Link to="/" className="navbar__brand">
      Exactly Once
      <span style={{ color: 'var(--fault)' }}>?</span>
    </Link>
  );
}
