import { REDIRECT_HOST_WITHOUT_TLS } from "./limits";

/** What is wrong with a callback or logout URL, after the URL: API reference, CreateUserPoolClient. */
export function redirectFault(url: string): string | undefined {
  const location = URL.canParse(url) ? new URL(url) : undefined;
  if (!location) return "is no absolute URL";
  if (location.protocol === "http:" && location.hostname !== REDIRECT_HOST_WITHOUT_TLS) {
    return "cannot use the HTTP protocol";
  }
  return url.includes("#") ? "cannot have a fragment" : undefined;
}
