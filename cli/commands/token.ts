import { UsageError } from "../errors";
import { ACCESS_OPTIONS, signInToGateway } from "../gateway/access";
import { parseParameters } from "../parameters";
import { mintToken } from "../sign-in/mint-token";

/** Signs in and prints the access token, for `curl -H "Authorization: Bearer $(cdktf-agentcore token)"`. */
export async function token(parameters: string[]): Promise<void> {
  const { values, positionals } = parseParameters(parameters, ACCESS_OPTIONS);
  if (positionals.length > 0) {
    throw new UsageError(`The command token takes options only, not '${positionals.join(" ")}'.`);
  }
  const { issuer } = values;
  const { token: printed } =
    issuer === undefined ? await signInToGateway(values) : { token: await mintToken({ ...values, issuer }) };
  process.stdout.write(`${printed}\n`);
}
