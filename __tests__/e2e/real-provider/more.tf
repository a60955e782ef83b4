# Further forms of the same kinds, and the kinds beside them.
# --- Cognito
resource "aws_cognito_user_pool" "aliases" {
  name                     = "aliases"
  auto_verified_attributes = ["email"]
  verification_message_template {
    default_email_option  = "CONFIRM_WITH_LINK"
    email_message         = "code {####}"
    email_message_by_link = "{##Confirm##} ${var.revision}"
    email_subject         = "code"
    email_subject_by_link = "link"
    sms_message           = "code {####}"
  }
}
resource "aws_cognito_user_pool" "strict" {
  name              = "strict"
  mfa_configuration = "ON"
  user_pool_tier    = "PLUS"
  software_token_mfa_configuration { enabled = true }
  user_pool_add_ons {
    advanced_security_mode = "ENFORCED"
    advanced_security_additional_flows { custom_auth_mode = "AUDIT" }
  }
  email_configuration {
    email_sending_account  = "DEVELOPER"
    source_arn             = "arn:aws:ses:us-east-1:123456789012:identity/mail@example.com"
    from_email_address     = "Mail <mail@example.com>"
    reply_to_email_address = "reply@example.com"
    configuration_set      = "set"
  }
  sms_configuration {
    external_id    = "external"
    sns_caller_arn = aws_iam_role.r.arn
    sns_region     = "us-east-1"
  }
  tags = local.changed_tags
}
resource "aws_cognito_user_pool_domain" "strict" {
  domain                = "strict-x"
  user_pool_id          = aws_cognito_user_pool.strict.id
  managed_login_version = var.revision
}
resource "aws_cognito_resource_server" "bare" {
  identifier   = "https://api.example.com"
  name         = "bare"
  user_pool_id = aws_cognito_user_pool.strict.id
}
resource "aws_cognito_identity_provider" "google" {
  user_pool_id      = aws_cognito_user_pool.plain.id
  provider_name     = "Google"
  provider_type     = "Google"
  idp_identifiers   = ["example.com"]
  attribute_mapping = { email = "email", username = "sub" }
  provider_details = {
    authorize_scopes = "openid email"
    client_id        = "google-${var.revision}"
    client_secret    = "hush"
  }
}
resource "aws_cognito_identity_provider" "oidc" {
  user_pool_id  = aws_cognito_user_pool.plain.id
  provider_name = "Okta"
  provider_type = "OIDC"
  provider_details = {
    attributes_request_method = "GET"
    authorize_scopes          = "openid"
    client_id                 = "okta"
    client_secret             = "hush"
    oidc_issuer               = "https://example.okta.com"
  }
}
resource "aws_cognito_identity_provider" "facebook" {
  user_pool_id  = aws_cognito_user_pool.plain.id
  provider_name = "Facebook"
  provider_type = "Facebook"
  provider_details = {
    api_version      = "v17.0"
    authorize_scopes = "email"
    client_id        = "facebook"
    client_secret    = "hush"
  }
}
resource "aws_cognito_user_pool_client" "replaced" {
  name            = "replaced"
  user_pool_id    = aws_cognito_user_pool.plain.id
  generate_secret = var.revision == 2
}
resource "aws_cognito_user_pool_client" "federated" {
  name                                 = "federated"
  user_pool_id                         = aws_cognito_user_pool.plain.id
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = ["openid"]
  callback_urls                        = ["https://example.com/cb"]
  supported_identity_providers         = ["COGNITO", aws_cognito_identity_provider.google.provider_name]
  refresh_token_rotation {
    feature                    = "ENABLED"
    retry_grace_period_seconds = 10 * var.revision
  }
}
resource "aws_cognito_user_pool_ui_customization" "all" {
  css          = ".label-customizable {font-weight: ${var.revision}00;}"
  user_pool_id = aws_cognito_user_pool_domain.d.user_pool_id
}
resource "aws_cognito_user_pool_ui_customization" "client" {
  client_id    = aws_cognito_user_pool_client.plain.id
  css          = ".label-customizable {font-weight: 400;}"
  user_pool_id = aws_cognito_user_pool_domain.d.user_pool_id
}
resource "aws_cognito_risk_configuration" "strict" {
  user_pool_id = aws_cognito_user_pool.strict.id
  compromised_credentials_risk_configuration {
    event_filter = ["SIGN_IN"]
    actions { event_action = var.revision == 1 ? "BLOCK" : "NO_ACTION" }
  }
  account_takeover_risk_configuration {
    actions {
      high_action {
        event_action = "BLOCK"
        notify       = true
      }
    }
    notify_configuration {
      source_arn = "arn:aws:ses:us-east-1:123456789012:identity/mail@example.com"
      block_email {
        html_body = "<p>no</p>"
        subject   = "no"
        text_body = "no no no"
      }
    }
  }
  risk_exception_configuration { blocked_ip_range_list = ["10.10.10.10/32"] }
}
resource "aws_cognito_user_group" "bare" {
  name         = "readers"
  user_pool_id = aws_cognito_user_pool.plain.id
}
resource "aws_cognito_user" "invited" {
  user_pool_id             = aws_cognito_user_pool.plain.id
  username                 = "bob"
  temporary_password       = "TempPass123!"
  message_action           = "SUPPRESS"
  desired_delivery_mediums = ["EMAIL"]
  enabled                  = var.revision == 1
  client_metadata          = { a = "b" }
}
# --- IAM
resource "aws_iam_role" "bare" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
  tags               = local.changed_tags
}
resource "aws_iam_policy" "prefix" {
  name_prefix = "pol-"
  policy      = data.aws_iam_policy_document.merged.json
}
data "aws_iam_policy_document" "merged" {
  source_policy_documents = [aws_iam_role_policy.rp.policy]
  statement {
    sid       = "More"
    effect    = "Deny"
    actions   = ["logs:*"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = ["us-east-${var.revision}"]
    }
  }
}
resource "aws_iam_role_policy" "prefix" {
  name_prefix = "pre-"
  role        = aws_iam_role.bare.name
  policy      = data.aws_iam_policy_document.merged.json
}
resource "aws_iam_role_policies_exclusive" "bare" {
  role_name    = aws_iam_role.bare.name
  policy_names = [aws_iam_role_policy.prefix.name]
}
resource "aws_iam_role_policy_attachments_exclusive" "bare" {
  role_name   = aws_iam_role.bare.name
  policy_arns = var.revision == 1 ? [aws_iam_policy.prefix.arn] : []
}
data "aws_iam_role" "r" { name = aws_iam_role.r.name }
data "aws_iam_policy" "p" { arn = aws_iam_policy.p.arn }
# --- ECR
resource "aws_ecr_repository" "kms" {
  name = "kms"
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = "arn:aws:kms:us-east-1:123456789012:key/0d9f6a4c-0000-4000-8000-000000000000"
  }
  tags = local.changed_tags
}
data "aws_ecr_repository" "full" { name = aws_ecr_repository.full.name }
# --- Secrets Manager
resource "aws_secretsmanager_secret" "prefix" {
  name_prefix             = "pre-"
  kms_key_id              = "arn:aws:kms:us-east-1:123456789012:key/0d9f6a4c-0000-4000-8000-000000000000"
  recovery_window_in_days = 7
  tags                    = local.changed_tags
}
resource "aws_secretsmanager_secret_version" "binary" {
  secret_id      = aws_secretsmanager_secret.prefix.id
  secret_binary  = base64encode("binary")
  version_stages = ["AWSCURRENT", "EXTRA"]
}
resource "aws_secretsmanager_secret" "written" {
  name                    = "written"
  recovery_window_in_days = 0
  tags                    = local.changed_tags
}
resource "aws_secretsmanager_secret" "with_policy" {
  name                    = "with-policy"
  recovery_window_in_days = 0
  policy                  = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "x", Effect = "Deny", Principal = "*", Action = "secretsmanager:DeleteSecret", Resource = "*" }] })
  tags                    = local.changed_tags
}
resource "aws_secretsmanager_secret_version" "written" {
  secret_id                = aws_secretsmanager_secret.written.id
  secret_string_wo         = "hush"
  secret_string_wo_version = var.revision
}
data "aws_secretsmanager_secret_version" "v" {
  secret_id  = aws_secretsmanager_secret.s.id
  depends_on = [aws_secretsmanager_secret_version.v]
}
# --- Logs
resource "aws_cloudwatch_log_group" "prefix" {
  name_prefix     = "pre-"
  log_group_class = "INFREQUENT_ACCESS"
  tags            = local.changed_tags
}
resource "aws_cloudwatch_log_group" "replaced" { name = "replaced-${var.revision}" }
resource "aws_cloudwatch_log_delivery_source" "usage" {
  name         = "usage"
  log_type     = "USAGE_LOGS"
  resource_arn = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/x-0123456789"
  tags         = local.changed_tags
}
resource "aws_cloudwatch_log_delivery_destination" "s3" {
  name          = "s3"
  output_format = "json"
  delivery_destination_configuration { destination_resource_arn = "arn:aws:s3:::logs-x" }
  tags = { revision = var.revision }
}
resource "aws_cloudwatch_log_delivery_destination_policy" "s3" {
  delivery_destination_name = aws_cloudwatch_log_delivery_destination.s3.name
  delivery_destination_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "x", Effect = "Allow", Principal = { AWS = "123456789012" }, Action = "logs:CreateDelivery", Resource = aws_cloudwatch_log_delivery_destination.s3.arn }]
  })
}
resource "aws_cloudwatch_log_delivery" "s3" {
  delivery_source_name     = aws_cloudwatch_log_delivery_source.usage.name
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.s3.arn
  record_fields            = ["resource_arn", "event_timestamp"]
  s3_delivery_configuration {
    enable_hive_compatible_path = false
    suffix_path                 = "x/{yyyy}"
  }
  tags = local.changed_tags
}
