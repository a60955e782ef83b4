import { ACCESS_OPTIONS, signInToGateway } from "../gateway/access";
import { parseOptionsOf } from "../parameters";
import { mintToken } from "../sign-in/mint-token";

/** Signs in and prints the access token, for `curl -H "Authorization: Bearer $(cdktf-agentcore token)"`. */
export async function token(parameters: string[]): Promise<void> {
  const values = parseOptionsOf("token", parameters, ACCESS_OPTIONS);
  const { issuer } = values;
  const { token: printed } =
    issuer === undefined ? await signInToGateway(values) : { token: await mintToken({ ...values, issuer }) };
  process.stdout.write(`${printed}\n`);
}
