/** Where a code went, as far as a user is told: `t***@e***`, or the last four digits of a phone number. */
export function maskDestination(destination: string): string {
  const [local = "", domain] = destination.split("@");
  if (domain === undefined) return `+${"*".repeat(Math.max(destination.length - 5, 0))}${destination.slice(-4)}`;
  return `${local.charAt(0)}***@${domain.charAt(0)}***`;
}
