import { isObject, parseJson } from "../../targets/json";
import { CommandFailure, noEmulator, UsageError } from "../errors";
import { parseHttpsUrl, parsePort } from "../parameters";

/** What a token of an issuer is to say, that the running emulator stands in for. */
export interface MintParameters {
  readonly port?: string | undefined;
  readonly issuer: string;
  readonly claims?: string | undefined;
  readonly scope?: string | undefined;
  readonly "client-id"?: string | undefined;
}

/** Has the emulator's stand-in for an issuer sign a token of any claims. @throws UsageError, CommandFailure */
export async function mintToken({ port, issuer, claims = "{}", scope, ...client }: MintParameters): Promise<string> {
  const url = parseHttpsUrl(issuer);
  if (!url) {
    throw new UsageError(`The issuer '${issuer}' is none: give a host or an https URL, for example login.example.com.`);
  }
  if (!isObject(parseJson(claims))) {
    throw new UsageError(`The claims '${claims}' are no JSON object: give one, for example '{"aud": "api"}'.`);
  }
  const emulatorPort = parsePort(port);
  const endpoint = `http://127.0.0.1:${emulatorPort}/${url.host}${url.pathname.replace(/\/$/, "")}/token`;
  const clientId = client["client-id"];
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    claims,
    ...(scope !== undefined && { scope }),
    ...(clientId !== undefined && { client_id: clientId }),
  });
  const answer = await fetch(endpoint, { method: "POST", body }).catch(() => undefined);
  const { access_token: token } = answer?.ok ? ((await answer.json()) as { access_token?: unknown }) : {};
  if (typeof token === "string") return token;
  if (!answer) throw noEmulator(emulatorPort);
  throw new CommandFailure(`The emulator does not stand in for ${url.host}: start it with --issuer ${url.host}.`);
}
