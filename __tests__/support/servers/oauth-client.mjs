// An independent OAuth client: gets a token by client credentials, from what the discovery document says.
// node oauth-client.mjs DISCOVERY_URL CLIENT_ID SCOPE, the secret in CLIENT_SECRET
import * as oauth from "oauth4webapi";

const [discoveryUrl, clientId, scope] = process.argv.slice(2);
const options = { [oauth.allowInsecureRequests]: true };
// The issuer is AWS's own, while the document is read where the emulator stands.
const server = await (await fetch(discoveryUrl)).json();
const response = await oauth.clientCredentialsGrantRequest(
  server,
  { client_id: clientId },
  oauth.ClientSecretBasic(process.env.CLIENT_SECRET),
  new URLSearchParams({ scope }),
  options,
);
const result = await oauth.processClientCredentialsResponse(server, { client_id: clientId }, response);
console.log(JSON.stringify(result));
