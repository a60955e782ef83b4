import { redirectFault } from "../../aws/cognito/redirects";
import { DEFAULT_VALIDITY, type TokenKind, validityFault, validitySeconds } from "../../aws/cognito/validity";
import { type Block, describeText, type UserPoolClient } from "../../topology";
import { textsAt } from "../evidence/arguments";
import { isEmptyList, shown } from "../evidence/certainty";
import { eachOf, type Fault, type Rule } from "../rule";

export const clientSettingsRefused: Rule = {
  id: "client-settings-refused",
  severity: "error",
  summary: "The settings of an app client go together: flows, redirects and how long its tokens count.",
  source: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html",
  check: eachOf(
    ({ system }) => system.userPoolClients,
    (client) => [
      ...refusals(client),
      ...redirectFaults(client.instance.arguments),
      ...tokenFaults(client.instance.arguments),
    ],
  ),
};

function* refusals(client: UserPoolClient): Generator<Fault> {
  const { oauthFlows, oauthEnabled, scopes, generateSecret, explicitAuthFlows } = client;
  const flows = shown(oauthFlows);
  const isMachine = flows.includes("client_credentials");
  const areShown =
    oauthFlows === undefined || (Array.isArray(oauthFlows) && flows.every((flow) => typeof flow === "string"));
  if (isMachine && flows.length > 1) {
    yield {
      message: "client_credentials cannot be selected along with another flow, and Cognito refuses the client.",
      fix: "Make a client for machines and another for people.",
    };
  }
  if (isMachine && generateSecret === false) {
    yield {
      message: "client_credentials needs a secret that the client has not, and Cognito refuses the client.",
      fix: "Set generate_secret = true.",
    };
  }
  if (oauthEnabled === true && areShown && (flows.length === 0 || isEmptyList(scopes))) {
    yield {
      message: `The client may use OAuth but has no ${flows.length === 0 ? "flow" : "scope"}, and Cognito refuses it.`,
      fix: "Give it allowed_oauth_flows and allowed_oauth_scopes, or set allowed_oauth_flows_user_pool_client = false.",
    };
  }
  const known = shown(explicitAuthFlows).filter((flow) => typeof flow === "string");
  const legacy = known.filter((flow) => !flow.startsWith("ALLOW_"));
  if (legacy.length > 0 && legacy.length < known.length) {
    yield {
      message: `explicit_auth_flows has ${legacy.join(", ")} beside values that begin with ALLOW_, and Cognito refuses the mixture.`,
      fix: "Use values that begin with ALLOW_ only.",
    };
  }
}

function* redirectFaults(client: Block): Generator<Fault> {
  const callbacks = textsAt(client, "callback_urls");
  for (const url of [...callbacks, ...textsAt(client, "logout_urls")]) {
    const fault = typeof url === "string" ? redirectFault(url) : undefined;
    if (fault === undefined) continue;
    yield {
      message: `The redirect URL ${describeText(url)} ${fault}, and Cognito refuses the client.`,
      fix: "Use an absolute https:// URL without a fragment, or one of http://localhost.",
    };
  }
  const isOpen = client.isOpen("callback_urls") || callbacks.some((url) => typeof url !== "string");
  const fallback = client.text("default_redirect_uri");
  if (typeof fallback !== "string" || fallback === "" || isOpen || callbacks.includes(fallback)) return;
  yield {
    message: `The default redirect URL ${fallback} is not among the callback URLs, and Cognito refuses the client.`,
    fix: "Add it to callback_urls.",
  };
}

function* tokenFaults(client: Block): Generator<Fault> {
  const rotates = client.optionalBlock("refresh_token_rotation")?.text("feature") === "ENABLED";
  if (rotates && shown(client.optionalTexts("explicit_auth_flows")).includes("ALLOW_REFRESH_TOKEN_AUTH")) {
    yield {
      message:
        "Refresh tokens are replaced when they are used, which does not go with ALLOW_REFRESH_TOKEN_AUTH: Cognito refuses the client.",
      fix: "Take ALLOW_REFRESH_TOKEN_AUTH from explicit_auth_flows.",
    };
  }
  const fault = validityFault({
    access: secondsOf(client, "access_token"),
    id: secondsOf(client, "id_token"),
    refresh: secondsOf(client, "refresh_token"),
  });
  if (fault !== undefined) yield { message: `${fault}, and Cognito refuses the client.`, fix: "Change the validity." };
}

/** How long a token counts; undefined where that is not shown. */
function secondsOf(client: Block, token: TokenKind): number | undefined {
  const amount = client.isOpen(`${token}_validity`) ? undefined : (client.optionalNumber(`${token}_validity`) ?? 0);
  const { unit: usual } = DEFAULT_VALIDITY[token];
  const unit = client.isOpen("token_validity_units")
    ? undefined
    : (client.optionalBlock("token_validity_units")?.text(token) ?? usual);
  return typeof amount === "number" && typeof unit === "string" ? validitySeconds(token, amount, unit) : undefined;
}
