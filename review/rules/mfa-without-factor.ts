import { type Block, Unknown } from "../../topology";
import type { Rule } from "../rule";

export const mfaWithoutFactor: Rule = {
  id: "mfa-without-factor",
  severity: "error",
  summary: "A user pool that asks for a second factor has one.",
  source: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolMfaConfig.html",
  *check({ system }) {
    for (const { address, instance } of system.userPools) {
      const mode = instance.arguments.text("mfa_configuration");
      if (mode !== "ON" && mode !== "OPTIONAL") continue;
      if (mayHaveFactor(instance.arguments)) continue;
      yield {
        address,
        message: `mfa_configuration is ${mode}, but the pool has no second factor, and Cognito refuses it.`,
        fix: "Set software_token_mfa_configuration { enabled = true }.",
      };
    }
  },
};

/** Also where the source does not tell. */
function mayHaveFactor(pool: Block): boolean {
  return ["sms_configuration", "software_token_mfa_configuration", "email_mfa_configuration"].some(
    (name) =>
      pool.value(name) instanceof Unknown ||
      pool.blocks(name).some((block) => block.optionalBoolean("enabled") !== false),
  );
}
