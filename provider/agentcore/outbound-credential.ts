import type { Block } from "../schema/model";
import { isList, isObject, type ObjectValue, type Value } from "../wire/value";
import { isStructure, type ApiStructure } from "./api-value";
import { fromApi, toApi } from "./shapes";

interface Credential {
  /** The block of the provider. */
  readonly name: string;
  readonly type: string;
  /** The member of the API that the block goes into. */
  readonly member?: string;
}

const CREDENTIALS: readonly Credential[] = [
  { name: "oauth", type: "OAUTH", member: "oauthCredentialProvider" },
  { name: "api_key", type: "API_KEY", member: "apiKeyCredentialProvider" },
  { name: "gateway_iam_role", type: "GATEWAY_IAM_ROLE", member: "iamCredentialProvider" },
  { name: "caller_iam_credentials", type: "CALLER_IAM_CREDENTIALS", member: "iamCredentialProvider" },
  { name: "jwt_passthrough", type: "JWT_PASSTHROUGH" },
];

/** `credential_provider_configuration`: the kind of the block is a type of the API. */
export function credentialOf(configuration: ObjectValue, block: Block): ApiStructure {
  for (const { name, type, member } of CREDENTIALS) {
    const [given] = isList(configuration[name]) ? configuration[name] : [];
    const schema = block.blocks.find((child) => child.name === name);
    if (given === undefined || !schema) continue;
    const settings = isObject(given) ? toApi(schema.block, given) : {};
    const isEmpty = Object.values(settings).every((value) => value === undefined);
    return {
      credentialProviderType: type,
      ...(member !== undefined && !isEmpty && { credentialProvider: { [member]: settings } }),
    };
  }
  return {};
}

export function blockOfCredential(credential: ApiStructure, block: Block): ObjectValue {
  const { credentialProviderType: type, credentialProvider } = credential;
  const blocks = block.blocks.map(({ name, block: schema }) => {
    const known = CREDENTIALS.find((candidate) => candidate.name === name);
    if (known?.type !== type) return [name, []] as const;
    const settings = isStructure(credentialProvider) ? credentialProvider[known?.member ?? ""] : undefined;
    return [name, [fromApi(schema, isStructure(settings) ? settings : {})]] as const;
  });
  return Object.fromEntries<Value>(blocks);
}
