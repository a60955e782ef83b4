import { sole } from "../certainty";
import type { Rule } from "../rule";

export const selfSignUp: Rule = {
  id: "self-sign-up",
  severity: "warning",
  summary: "Nobody makes a user for himself in the user pool of a gateway's callers.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html",
  *check({ system }) {
    for (const { authorizer, address } of system.gateways) {
      const pool = sole(authorizer?.issuer?.userPool ?? []);
      if (pool?.adminCreateUserOnly !== false) continue;
      yield {
        address: pool.address,
        message: `Everybody can sign up in the user pool whose users may call ${address}.`,
        fix: "Set admin_create_user_config { allow_admin_create_user_only = true }.",
      };
    }
  },
};
