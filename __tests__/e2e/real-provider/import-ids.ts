/** How `terraform import` names a resource of each kind: the provider's documentation, "Import". */

export interface StateResource {
  readonly type: string;
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

type Joined = readonly [separator: string, ...attributes: string[]];

/** Kinds whose import takes something else than their `id`. */
const JOINED: Readonly<Record<string, Joined>> = {
  aws_cloudwatch_log_delivery_destination: ["", "name"],
  aws_cloudwatch_log_delivery_destination_policy: ["", "delivery_destination_name"],
  aws_cloudwatch_log_delivery_source: ["", "name"],
  aws_cloudwatch_log_metric_filter: [":", "log_group_name", "name"],
  aws_cloudwatch_log_stream: [":", "log_group_name", "name"],
  aws_cloudwatch_log_subscription_filter: ["|", "log_group_name", "name"],
  aws_cognito_identity_provider: [":", "user_pool_id", "provider_name"],
  aws_cognito_managed_user_pool_client: ["/", "user_pool_id", "id"],
  aws_cognito_user: ["/", "user_pool_id", "username"],
  aws_cognito_user_group: ["/", "user_pool_id", "name"],
  aws_cognito_user_pool_client: ["/", "user_pool_id", "id"],
  aws_cognito_user_pool_ui_customization: [",", "user_pool_id", "client_id"],
  aws_iam_role_policies_exclusive: ["", "role_name"],
  aws_iam_role_policy_attachment: ["/", "role", "policy_arn"],
  aws_iam_role_policy_attachments_exclusive: ["", "role_name"],
  aws_lambda_alias: ["/", "function_name", "name"],
};

/** Kinds that the provider cannot import. */
const NOT_IMPORTABLE = ["aws_cognito_user_in_group", "aws_iam_policy_attachment"];

/** @returns undefined for kinds that cannot be imported */
export function importIdOf({ type, values }: StateResource): string | undefined {
  if (NOT_IMPORTABLE.includes(type)) return undefined;
  if (type === "aws_lambda_permission") return permissionId(values);
  const [separator = "", ...attributes] = JOINED[type] ?? ["", "id"];
  return attributes.map((name) => String(values[name])).join(separator);
}

function permissionId(values: StateResource["values"]): string {
  const [name, qualifier, statement] = ["function_name", "qualifier", "statement_id"].map(
    (key) => values[key] as string,
  );
  return `${name}${qualifier ? `:${qualifier}` : ""}/${statement}`;
}
