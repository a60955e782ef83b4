/** These need `openid` beside them: they say which attributes an app learns of. */
export const ATTRIBUTE_SCOPES = ["email", "phone", "profile"];

/** The user attributes that scopes open to an app: all of them to `openid` alone (developer guide, "userinfo-endpoint"). */
export function opens(scopes: readonly string[], attribute: string): boolean {
  if (!scopes.some((scope) => ATTRIBUTE_SCOPES.includes(scope))) return scopes.includes("openid");
  if (/^email(_verified)?$/.test(attribute)) return scopes.includes("email");
  if (/^phone_number(_verified)?$/.test(attribute)) return scopes.includes("phone");
  return attribute !== "address" && scopes.includes("profile");
}
