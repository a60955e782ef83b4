import { localAddress, type Reference } from "../../topology";

/** Attributes that hold secrets, by the type of their resource. */
const SECRETS =
  /^(data\.)?(aws_cognito_user_pool_client\..*\.client_secret|aws_secretsmanager_secret_version\..*\.secret_(string|binary)|random_password\..*\.(result|bcrypt_hash)|aws_ssm_parameter\..*\.value|aws_iam_access_key\..*\.(secret|ses_smtp_password_v4)|aws_api_gateway_api_key\..*\.value)$/;

export function isSecret({ address, attribute }: Reference): boolean {
  return SECRETS.test(`${localAddress(address)}.${attribute}`);
}

/** Whether an argument of a credential provider or a user holds a secret. */
export function isSecretArgument(name: string): boolean {
  return /^((client_secret|api_key)(_wo)?|(temporary_)?password)$/.test(name);
}

/** Names under which programs expect secrets; `MAX_TOKENS` and `SECRET_ARN` are none. */
export function namesSecret(name: string): boolean {
  return /(PASSWORD|PASSPHRASE|SECRET|API_?KEY|ACCESS_KEY|PRIVATE_KEY|(^|_)TOKEN)$/i.test(name);
}
