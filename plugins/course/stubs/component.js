/** Stands in for a component of the course that is not written yet. */
export default function Missing() {
  return null;
}
