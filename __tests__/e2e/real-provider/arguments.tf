# The arguments and kinds that the other files do not have.
# --- Cognito
resource "aws_cognito_user_pool" "factors" {
  name              = "factors"
  alias_attributes  = ["email", "preferred_username"]
  mfa_configuration = "OPTIONAL"
  user_pool_tier    = "PLUS"
  sign_in_policy { allowed_first_auth_factors = ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] }
  password_policy {
    minimum_length        = 12
    password_history_size = 3 * var.revision
  }
  email_mfa_configuration {
    message = "code {####} ${var.revision}"
    subject = "code"
  }
  email_configuration {
    email_sending_account = "DEVELOPER"
    source_arn            = "arn:aws:ses:us-east-1:123456789012:identity/mail@example.com"
  }
  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_phone_number"
      priority = 1
    }
  }
  web_authn_configuration {
    relying_party_id  = "auth.example.com"
    user_verification = var.revision == 1 ? "preferred" : "required"
  }
}
resource "aws_cognito_user_pool" "triggers" {
  name = "triggers"
  lambda_config {
    create_auth_challenge          = aws_lambda_function.tools.arn
    custom_message                 = aws_lambda_function.tools.arn
    define_auth_challenge          = aws_lambda_function.tools.arn
    kms_key_id                     = local.key
    post_authentication            = aws_lambda_function.tools.arn
    post_confirmation              = aws_lambda_function.tools.arn
    pre_authentication             = aws_lambda_function.tools.arn
    pre_sign_up                    = var.revision == 1 ? aws_lambda_function.tools.arn : null
    user_migration                 = aws_lambda_function.tools.arn
    verify_auth_challenge_response = aws_lambda_function.tools.arn
    custom_email_sender {
      lambda_arn     = aws_lambda_function.tools.arn
      lambda_version = "V1_0"
    }
    custom_sms_sender {
      lambda_arn     = aws_lambda_function.tools.arn
      lambda_version = "V1_0"
    }
    pre_token_generation_config {
      lambda_arn     = aws_lambda_function.tools.arn
      lambda_version = "V2_0"
    }
  }
}
resource "aws_cognito_user_pool" "trigger" {
  name = "trigger"
  lambda_config { pre_token_generation = aws_lambda_alias.tools.arn }
  tags = { revision = var.revision }
}
resource "aws_cognito_user_pool_domain" "own" {
  domain          = "auth.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/0d9f6a4c-0000-4000-8000-00000000000${var.revision}"
  user_pool_id    = aws_cognito_user_pool.factors.id
}
resource "aws_cognito_user_pool_client" "analytics" {
  name         = "analytics"
  user_pool_id = aws_cognito_user_pool.plain.id
  analytics_configuration {
    application_id   = "0123456789abcdef0123456789abcdef"
    external_id      = "external-${var.revision}"
    role_arn         = aws_iam_role.r.arn
    user_data_shared = true
  }
}
resource "aws_cognito_user_pool_client" "analytics_by_arn" {
  name         = "analytics-by-arn"
  user_pool_id = aws_cognito_user_pool.plain.id
  analytics_configuration {
    application_arn = "arn:aws:mobiletargeting:us-east-1:123456789012:apps/0123456789abcdef0123456789abcde${var.revision}"
  }
}
resource "aws_cognito_risk_configuration" "client" {
  user_pool_id = aws_cognito_user_pool.strict.id
  client_id    = aws_cognito_user_pool_client.strict.id
  account_takeover_risk_configuration {
    actions {
      low_action {
        event_action = var.revision == 1 ? "NO_ACTION" : "MFA_IF_CONFIGURED"
        notify       = false
      }
      medium_action {
        event_action = "MFA_IF_CONFIGURED"
        notify       = true
      }
    }
    notify_configuration {
      from       = "Mail <mail@example.com>"
      reply_to   = "reply@example.com"
      source_arn = "arn:aws:ses:us-east-1:123456789012:identity/mail@example.com"
      mfa_email {
        html_body = "<p>code</p>"
        subject   = "code"
        text_body = "your code"
      }
      no_action_email {
        html_body = "<p>seen</p>"
        subject   = "seen"
        text_body = "we saw you"
      }
    }
  }
  risk_exception_configuration { skipped_ip_range_list = ["10.0.0.0/8"] }
}
resource "aws_cognito_user_pool_client" "strict" {
  name         = "strict-${var.revision}"
  user_pool_id = aws_cognito_user_pool.strict.id
}
resource "aws_cognito_user" "alias" {
  user_pool_id         = aws_cognito_user_pool.factors.id
  username             = "carl"
  force_alias_creation = true
  message_action       = "SUPPRESS"
  validation_data      = { from = "test" }
  attributes           = { email = "carl${var.revision}@example.com", email_verified = "true" }
}
resource "aws_cognito_user_pool_ui_customization" "image" {
  client_id    = aws_cognito_user_pool_client.strict.id
  image_file   = filebase64("image.png")
  user_pool_id = aws_cognito_user_pool_domain.strict.user_pool_id
}
# A client that another service has made, in a pool that is there already.
variable "managed_pool" {}
resource "aws_cognito_managed_user_pool_client" "full" {
  name_prefix                                   = "Amazon"
  user_pool_id                                  = var.managed_pool
  access_token_validity                         = 30 + var.revision
  id_token_validity                             = 60
  refresh_token_validity                        = 12
  allowed_oauth_flows                           = ["code"]
  allowed_oauth_flows_user_pool_client          = true
  allowed_oauth_scopes                          = ["openid"]
  auth_session_validity                         = 5
  callback_urls                                 = ["https://example.com/cb"]
  default_redirect_uri                          = "https://example.com/cb"
  logout_urls                                   = ["https://example.com/out"]
  enable_propagate_additional_user_context_data = false
  enable_token_revocation                       = true
  explicit_auth_flows                           = ["ALLOW_USER_SRP_AUTH"]
  prevent_user_existence_errors                 = "ENABLED"
  read_attributes                               = ["email"]
  write_attributes                              = ["email"]
  supported_identity_providers                  = ["COGNITO"]
  analytics_configuration {
    application_id   = "0123456789abcdef0123456789abcdef"
    external_id      = "external"
    role_arn         = aws_iam_role.r.arn
    user_data_shared = true
  }
  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "hours"
  }
}
resource "aws_cognito_managed_user_pool_client" "pattern" {
  name_pattern = "^Other.*$"
  user_pool_id = var.managed_pool
  analytics_configuration {
    application_arn = "arn:aws:mobiletargeting:us-east-1:123456789012:apps/0123456789abcdef0123456789abcde${var.revision}"
  }
}
data "aws_cognito_user_pool" "plain" { user_pool_id = aws_cognito_user_pool.plain.id }
data "aws_cognito_user_pools" "plain" {
  name       = "plain"
  depends_on = [aws_cognito_user_pool.plain]
}
data "aws_cognito_user_pool_client" "m2m" {
  client_id    = aws_cognito_user_pool_client.m2m.id
  user_pool_id = aws_cognito_user_pool.plain.id
}
data "aws_cognito_user_pool_clients" "strict" {
  user_pool_id = aws_cognito_user_pool.strict.id
  depends_on   = [aws_cognito_user_pool_client.strict]
}
data "aws_cognito_user_group" "g" {
  name         = aws_cognito_user_group.g.name
  user_pool_id = aws_cognito_user_pool.plain.id
}
data "aws_cognito_user_groups" "plain" {
  user_pool_id = aws_cognito_user_pool.plain.id
  depends_on   = [aws_cognito_user_group.g, aws_cognito_user_group.bare]
}
# --- IAM
resource "aws_iam_policy_attachment" "roles" {
  name       = "roles"
  policy_arn = aws_iam_policy.attached.arn
  roles      = var.revision == 1 ? [aws_iam_role.functions.name] : [aws_iam_role.functions.name, aws_iam_role.r.name]
}
resource "aws_iam_policy" "attached" {
  name   = "attached"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "logs:PutLogEvents", Resource = "*" }] })
  tags   = local.changed_tags
}
data "aws_iam_roles" "app" {
  path_prefix = "/app/"
  depends_on  = [aws_iam_role.r]
}
# --- ECR
data "aws_ecr_repositories" "all" { depends_on = [aws_ecr_repository.plain] }
data "aws_ecr_lifecycle_policy_document" "d" {
  rule {
    priority = 1
    selection {
      tag_status   = "untagged"
      count_type   = "sinceImagePushed"
      count_unit   = "days"
      count_number = 14 * var.revision
    }
  }
}
resource "aws_ecr_lifecycle_policy" "plain" {
  repository = aws_ecr_repository.plain.name
  policy     = data.aws_ecr_lifecycle_policy_document.d.json
}
# --- Secrets Manager
resource "aws_secretsmanager_secret" "guarded" {
  name                    = "guarded"
  recovery_window_in_days = 0
  tags                    = local.changed_tags
}
resource "aws_secretsmanager_secret_policy" "guarded" {
  secret_arn          = aws_secretsmanager_secret.guarded.arn
  block_public_policy = true
  policy              = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "s${var.revision}", Effect = "Deny", Principal = "*", Action = "secretsmanager:DeleteSecret", Resource = "*" }] })
}
data "aws_secretsmanager_secret" "s" { name = aws_secretsmanager_secret.s.name }
data "aws_secretsmanager_secrets" "s" {
  filter {
    name   = "name"
    values = ["guarded"]
  }
  depends_on = [aws_secretsmanager_secret.guarded]
}
data "aws_secretsmanager_secret_versions" "v" {
  secret_id  = aws_secretsmanager_secret.s.id
  depends_on = [aws_secretsmanager_secret_version.v]
}
# --- Logs
resource "aws_cloudwatch_log_group" "encrypted" {
  name         = "encrypted"
  skip_destroy = false
  kms_key_id   = var.revision == 1 ? local.key : null
}
resource "aws_cloudwatch_log_delivery_source" "traces" {
  name         = "traces"
  log_type     = "TRACES"
  resource_arn = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/x-0123456789"
  tags         = { revision = var.revision }
}
resource "aws_cloudwatch_log_delivery_destination" "plain" {
  name          = "plain"
  output_format = "plain"
  delivery_destination_configuration { destination_resource_arn = aws_cloudwatch_log_group.plain.arn }
  tags = local.changed_tags
}
resource "aws_cloudwatch_log_delivery" "plain" {
  delivery_source_name     = aws_cloudwatch_log_delivery_source.traces.name
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.plain.arn
  field_delimiter          = ","
  record_fields            = ["resource_arn", "event_timestamp"]
  tags                     = { kind = "plain" }
}
resource "aws_cloudwatch_log_metric_filter" "errors" {
  name           = "errors"
  log_group_name = aws_cloudwatch_log_group.g.name
  pattern        = "ERROR ${var.revision}"
  metric_transformation {
    name          = "Errors"
    namespace     = "Tools"
    value         = "1"
    default_value = "0"
    unit          = "Count"
  }
}
resource "aws_cloudwatch_log_metric_filter" "dimensions" {
  name           = "dimensions"
  log_group_name = aws_cloudwatch_log_group.g.name
  pattern        = "{ $.level = \"ERROR\" }"
  metric_transformation {
    name       = "Errors${var.revision}"
    namespace  = "Tools"
    value      = "1"
    dimensions = { tool = "$.tool" }
  }
}
resource "aws_cloudwatch_log_subscription_filter" "tools" {
  name            = "tools"
  log_group_name  = aws_cloudwatch_log_group.g.name
  filter_pattern  = "ERROR ${var.revision}"
  destination_arn = aws_lambda_function.tools.arn
  distribution    = "ByLogStream"
  role_arn        = aws_iam_role.r.arn
}
data "aws_cloudwatch_log_group" "g" { name = aws_cloudwatch_log_group.g.name }
data "aws_cloudwatch_log_groups" "vended" {
  log_group_name_prefix = "/aws/vendedlogs/"
  depends_on            = [aws_cloudwatch_log_group.g]
}
# --- Lambda
locals { key = "arn:aws:kms:us-east-1:123456789012:key/0d9f6a4c-0000-4000-8000-000000000000" }
resource "aws_iam_role" "functions" {
  name               = "functions"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
  tags               = local.changed_tags
}
resource "aws_lambda_function" "plain" {
  function_name = "plain"
  role          = aws_iam_role.functions.arn
  filename      = "tools.zip"
  runtime       = "nodejs22.x"
  handler       = "index.handler"
}
resource "aws_lambda_function" "tools" {
  function_name                  = "tools"
  role                           = aws_iam_role.functions.arn
  filename                       = "tools.zip"
  source_code_hash               = filebase64sha256("tools.zip")
  runtime                        = var.revision == 1 ? "nodejs22.x" : "nodejs20.x"
  handler                        = "index.handler"
  description                    = "tools"
  architectures                  = [var.revision == 1 ? "x86_64" : "arm64"]
  timeout                        = 10 * var.revision
  memory_size                    = 256
  kms_key_arn                    = local.key
  package_type                   = "Zip"
  publish                        = true
  reserved_concurrent_executions = 4 + var.revision
  layers                         = ["arn:aws:lambda:us-east-1:017000801446:layer:AWSLambdaPowertoolsPythonV3-python312-x86_64:${var.revision}"]
  environment { variables = { TABLE = "table-${var.revision}" } }
  dead_letter_config { target_arn = "arn:aws:sqs:us-east-1:123456789012:failed" }
  ephemeral_storage { size = 512 * var.revision }
  tracing_config { mode = "Active" }
  file_system_config {
    arn              = "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0"
    local_mount_path = "/mnt/tools"
  }
  logging_config {
    log_format            = "JSON"
    application_log_level = "WARN"
    system_log_level      = "WARN"
    log_group             = "/tools/${var.revision}"
  }
  vpc_config {
    subnet_ids                  = ["subnet-0123456789abcdef0"]
    security_group_ids          = ["sg-0123456789abcdef0"]
    ipv6_allowed_for_dual_stack = false
  }
  tags = { revision = var.revision }
}
resource "aws_lambda_function" "image" {
  function_name = "image"
  role          = aws_iam_role.functions.arn
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.plain.repository_url}:${var.revision}"
  image_config {
    command           = ["app.handler"]
    entry_point       = ["/lambda-entrypoint.sh"]
    working_directory = "/var/task"
  }
}
resource "aws_lambda_function" "s3" {
  function_name                      = "s3"
  role                               = aws_iam_role.functions.arn
  s3_bucket                          = "example-deployments"
  s3_key                             = "tools.zip"
  s3_object_version                  = "v${var.revision}"
  runtime                            = "python3.13"
  handler                            = "app.handler"
  skip_destroy                       = false
  replace_security_groups_on_destroy = true
  replacement_security_group_ids     = ["sg-0123456789abcdef1"]
  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
  snap_start { apply_on = "PublishedVersions" }
}
resource "aws_lambda_alias" "tools" {
  name             = "live"
  description      = "revision ${var.revision}"
  function_name    = aws_lambda_function.tools.function_name
  function_version = aws_lambda_function.tools.version
}
resource "aws_lambda_alias" "routed" {
  name             = "routed"
  function_name    = aws_lambda_function.tools.arn
  function_version = aws_lambda_function.tools.version
  dynamic "routing_config" {
    for_each = var.revision == 1 ? [] : [1]
    content { additional_version_weights = { 1 = 0.5 } }
  }
}
resource "aws_lambda_permission" "gateway" {
  statement_id   = "gateway"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.tools.function_name
  principal      = "bedrock-agentcore.amazonaws.com"
  source_account = "123456789012"
  source_arn     = "arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/tools-${var.revision}"
}
resource "aws_lambda_permission" "url" {
  statement_id_prefix    = "url-"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.tools.function_name
  qualifier              = aws_lambda_alias.tools.name
  principal              = "*"
  principal_org_id       = "o-012345678${var.revision}"
  function_url_auth_type = "AWS_IAM"
}
resource "aws_lambda_permission" "token" {
  action             = "lambda:InvokeFunction"
  function_name      = aws_lambda_function.plain.function_name
  principal          = "arn:aws:iam::123456789012:root"
  event_source_token = "token-${var.revision}"
}
data "aws_lambda_function" "tools" { function_name = aws_lambda_function.tools.function_name }
data "aws_lambda_functions" "all" { depends_on = [aws_lambda_function.plain] }
data "aws_lambda_alias" "live" {
  function_name = aws_lambda_function.tools.function_name
  name          = aws_lambda_alias.tools.name
}
