import { credentialKind } from "./credential-kind";

/** The token of the gateway's caller, as it came. */
export const jwtPassthrough = credentialKind<object>({
  block: "jwt_passthrough",
  isConfigured: false,
  label: () => "caller's token",
  members: ({ structure }) => structure({}),
  read: () => ({}),
  column: () => "JWT passthrough",
  describe: () => "the token of its caller",
});
