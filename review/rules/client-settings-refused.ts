import type { UserPoolClient } from "../../topology";
import { shown } from "../certainty";
import type { Report, Rule } from "../rule";

export const clientSettingsRefused: Rule = {
  id: "client-settings-refused",
  severity: "error",
  summary: "The flows of an app client go together.",
  source: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html",
  *check({ system }) {
    for (const client of system.userPoolClients) yield* refusals(client);
  },
};

function* refusals({
  address,
  oauthFlows,
  oauthEnabled,
  scopes,
  generateSecret,
  explicitAuthFlows,
}: UserPoolClient): Generator<Report> {
  const flows = shown(oauthFlows);
  const isMachine = flows.includes("client_credentials");
  const areShown =
    oauthFlows === undefined || (Array.isArray(oauthFlows) && flows.every((flow) => typeof flow === "string"));
  if (isMachine && flows.length > 1) {
    yield {
      address,
      message: "client_credentials cannot be selected along with another flow, and Cognito refuses the client.",
      fix: "Make a client for machines and another for people.",
    };
  }
  if (isMachine && generateSecret === false) {
    yield {
      address,
      message: "client_credentials needs a secret that the client has not, and Cognito refuses the client.",
      fix: "Set generate_secret = true.",
    };
  }
  const hasNoScopes = scopes === undefined || (Array.isArray(scopes) && scopes.length === 0);
  if (oauthEnabled === true && areShown && (flows.length === 0 || hasNoScopes)) {
    yield {
      address,
      message: `The client may use OAuth but has no ${flows.length === 0 ? "flow" : "scope"}, and Cognito refuses it.`,
      fix: "Give it allowed_oauth_flows and allowed_oauth_scopes, or set allowed_oauth_flows_user_pool_client = false.",
    };
  }
  const known = shown(explicitAuthFlows).filter((flow) => typeof flow === "string");
  const legacy = known.filter((flow) => !flow.startsWith("ALLOW_"));
  if (legacy.length > 0 && legacy.length < known.length) {
    yield {
      address,
      message: `explicit_auth_flows has ${legacy.join(", ")} beside values that begin with ALLOW_, and Cognito refuses the mixture.`,
      fix: "Use values that begin with ALLOW_ only.",
    };
  }
}
