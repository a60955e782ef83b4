import { DeploymentError } from "../../emulator";
import { bentStack, emulate } from "../support/article-stack";

it.each(["AUTHORIZATION_CODE", "TOKEN_EXCHANGE"])(
  "fails to create a target with the grant type %s, which is not emulated",
  async (grantType) => {
    const folder = await bentStack((json) =>
      json.replace(/("provider_arn": "\$\{aws_bedrockagentcore_oauth2)/, `"grant_type": "${grantType}", $1`),
    );
    await expect(emulate(folder)).rejects.toThrow(
      new DeploymentError(
        "aws_bedrockagentcore_gateway_target.mcp_server",
        `ValidationException: The grant type ${grantType} is not emulated: use CLIENT_CREDENTIALS.`,
      ),
    );
  },
);
