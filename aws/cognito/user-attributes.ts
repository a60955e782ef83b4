/** Those that codes are sent to, and that can be a user's name: API reference, CreateUserPool. */
export const CONTACTS = ["phone_number", "email"] as const;

/** The attributes that every pool has (developer guide, user-pool-settings-attributes), without `sub`. */
export const STANDARD_ATTRIBUTES: ReadonlySet<string> = new Set(
  [
    ["address", "birthdate", "email", "email_verified", "family_name", "gender", "given_name", "locale", "middle_name"],
    ["name", "nickname", "phone_number", "phone_number_verified", "picture", "preferred_username", "profile"],
    ["updated_at", "website", "zoneinfo"],
  ].flat(),
);
