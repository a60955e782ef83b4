terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
# Each resource bare, and with every argument that the emulator takes; the variable changes what can change.
variable "revision" { default = 1 }
# Of resources that are to be without any at first.
locals { changed_tags = var.revision == 1 ? null : { revision = var.revision } }

provider "aws" {
  region                  = "us-east-1"
  access_key              = "test"
  secret_key              = "test"
  skip_metadata_api_check = true
  default_tags { tags = { team = "x" } }
}
data "aws_caller_identity" "me" {}
data "aws_region" "r" {}
data "aws_partition" "p" {}

# --- Cognito
resource "aws_cognito_user_pool" "plain" {
  name = "plain"
  tags = local.changed_tags
}
resource "aws_cognito_user_pool" "full" {
  name                       = "full"
  auto_verified_attributes   = ["email"]
  username_attributes        = ["email"]
  deletion_protection        = "INACTIVE"
  mfa_configuration          = "OPTIONAL"
  email_verification_message = "code {####}"
  email_verification_subject = "subject"
  sms_authentication_message = "code {####}"
  sms_verification_message   = "code {####}"
  user_pool_tier             = "ESSENTIALS"
  software_token_mfa_configuration { enabled = true }
  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }
  admin_create_user_config {
    allow_admin_create_user_only = true
    invite_message_template {
      email_message = "{username} {####}"
      email_subject = "hello"
      sms_message   = "{username} {####}"
    }
  }
  device_configuration {
    challenge_required_on_new_device      = true
    device_only_remembered_on_user_prompt = true
  }
  email_configuration { email_sending_account = "COGNITO_DEFAULT" }
  password_policy {
    minimum_length                   = 11 + var.revision
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = false
    require_uppercase                = true
    temporary_password_validity_days = 3
    password_history_size            = 0
  }
  schema {
    attribute_data_type      = "String"
    name                     = "tenant"
    developer_only_attribute = false
    mutable                  = true
    required                 = false
    string_attribute_constraints {
      min_length = 1
      max_length = 64
    }
  }
  schema {
    attribute_data_type = "Number"
    name                = "age"
    number_attribute_constraints {
      min_value = "1"
      max_value = "120"
    }
  }
  sign_in_policy { allowed_first_auth_factors = ["PASSWORD"] }
  user_attribute_update_settings { attributes_require_verification_before_update = ["email"] }
  user_pool_add_ons { advanced_security_mode = "OFF" }
  username_configuration { case_sensitive = false }
  verification_message_template {
    default_email_option = "CONFIRM_WITH_CODE"
  }
  tags = { revision = var.revision }
}
resource "aws_cognito_user_pool_domain" "d" {
  domain                = "my-domain-x"
  user_pool_id          = aws_cognito_user_pool.plain.id
  managed_login_version = 1
}
resource "aws_cognito_resource_server" "rs" {
  identifier   = "tools"
  name         = "tools"
  user_pool_id = aws_cognito_user_pool.plain.id
  scope {
    scope_name        = "invoke"
    scope_description = "invoke ${var.revision}"
  }
}
resource "aws_cognito_user_pool_client" "plain" {
  name         = "c"
  user_pool_id = aws_cognito_user_pool.plain.id
}
resource "aws_cognito_user_pool_client" "m2m" {
  name                                 = "m2m"
  user_pool_id                         = aws_cognito_user_pool.plain.id
  generate_secret                      = true
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = aws_cognito_resource_server.rs.scope_identifiers
  supported_identity_providers         = ["COGNITO"]
}
resource "aws_cognito_user_pool_client" "full" {
  name                                          = "full"
  user_pool_id                                  = aws_cognito_user_pool.plain.id
  access_token_validity                         = 30 + var.revision
  id_token_validity                             = 60
  refresh_token_validity                        = 12
  allowed_oauth_flows                           = ["code", "implicit"]
  allowed_oauth_flows_user_pool_client          = true
  allowed_oauth_scopes                          = ["openid", "email"]
  auth_session_validity                         = 5
  callback_urls                                 = ["https://example.com/cb", "http://localhost:300${var.revision}/cb"]
  default_redirect_uri                          = "https://example.com/cb"
  logout_urls                                   = ["https://example.com/out"]
  enable_propagate_additional_user_context_data = false
  enable_token_revocation                       = true
  explicit_auth_flows                           = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
  prevent_user_existence_errors                 = "ENABLED"
  read_attributes                               = ["email"]
  write_attributes                              = ["email"]
  supported_identity_providers                  = ["COGNITO"]
  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "hours"
  }
}
resource "aws_cognito_user_group" "g" {
  name         = "admins"
  user_pool_id = aws_cognito_user_pool.plain.id
  description  = "d"
  precedence   = var.revision
  role_arn     = aws_iam_role.r.arn
}
resource "aws_cognito_user" "u" {
  user_pool_id   = aws_cognito_user_pool.plain.id
  username       = "ann"
  password       = "TestPass123!"
  message_action = "SUPPRESS"
  attributes     = { email = "ann@example.com" }
}
resource "aws_cognito_user_in_group" "m" {
  user_pool_id = aws_cognito_user_pool.plain.id
  group_name   = aws_cognito_user_group.g.name
  username     = aws_cognito_user.u.username
}
# --- IAM
resource "aws_iam_role" "r" {
  name                  = "role-r"
  path                  = "/app/"
  description           = "d"
  max_session_duration  = 3600 * var.revision
  force_detach_policies = true
  assume_role_policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "bedrock-agentcore.amazonaws.com" }, Action = "sts:AssumeRole" }] })
  tags                  = { revision = var.revision }
}
resource "aws_iam_role" "prefix" {
  name_prefix        = "pre-"
  assume_role_policy = data.aws_iam_policy_document.trust.json
  inline_policy {
    name   = "inline"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::bucket-${var.revision}/*" }] })
  }
  managed_policy_arns  = [aws_iam_policy.p.arn]
  permissions_boundary = aws_iam_policy.p.arn
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["bedrock-agentcore.amazonaws.com"]
    }
  }
}
resource "aws_iam_policy" "p" {
  name        = "pol"
  path        = "/x/"
  description = "text"
  policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::bucket-${var.revision}/*" }] })
  tags        = { revision = var.revision }
}
resource "aws_iam_role_policy" "rp" {
  name   = "rp"
  role   = aws_iam_role.r.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::bucket-${var.revision}/*" }] })
}
resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.r.name
  policy_arn = aws_iam_policy.p.arn
}
resource "aws_iam_role_policy_attachment" "aws" {
  role       = aws_iam_role.r.name
  policy_arn = "arn:aws:iam::aws:policy/AWSLambda_FullAccess"
}
# --- ECR
resource "aws_ecr_repository" "plain" {
  name = "plain"
  tags = local.changed_tags
}
resource "aws_ecr_repository" "full" {
  name                 = "team/full"
  image_tag_mutability = var.revision == 1 ? "IMMUTABLE" : "MUTABLE"
  force_delete         = true
  image_scanning_configuration { scan_on_push = var.revision == 1 }
  encryption_configuration { encryption_type = "AES256" }
  tags = { revision = var.revision }
}
resource "aws_ecr_lifecycle_policy" "l" {
  repository = aws_ecr_repository.full.name
  policy     = jsonencode({ rules = [{ rulePriority = 1, description = "Keep", selection = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 5 * var.revision }, action = { type = "expire" } }] })
}
resource "aws_ecr_repository_policy" "p" {
  repository = aws_ecr_repository.full.name
  policy     = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "x", Effect = "Allow", Principal = "*", Action = ["ecr:BatchGetImage"] }] })
}
data "aws_ecr_authorization_token" "t" {}
# --- Secrets Manager
resource "aws_secretsmanager_secret" "s" {
  name                    = "s"
  description             = "d"
  recovery_window_in_days = 0
  tags                    = { revision = var.revision }
}
resource "aws_secretsmanager_secret_version" "v" {
  secret_id     = aws_secretsmanager_secret.s.id
  secret_string = jsonencode({ a = var.revision })
}
resource "aws_secretsmanager_secret_policy" "p" {
  secret_arn = aws_secretsmanager_secret.s.arn
  policy     = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "x", Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }, Action = "secretsmanager:GetSecretValue", Resource = "*" }] })
}
# --- Logs
resource "aws_cloudwatch_log_group" "g" {
  name              = "/aws/vendedlogs/x"
  retention_in_days = var.revision == 1 ? 14 : 30
  tags              = { revision = var.revision }
}
resource "aws_cloudwatch_log_group" "plain" {
  name = "plain"
  tags = local.changed_tags
}
resource "aws_cloudwatch_log_stream" "s" {
  name           = "s"
  log_group_name = aws_cloudwatch_log_group.g.name
}
resource "aws_cloudwatch_log_delivery_source" "s" {
  name         = "src"
  log_type     = "APPLICATION_LOGS"
  resource_arn = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/x-0123456789"
  tags         = local.changed_tags
}
resource "aws_cloudwatch_log_delivery_destination" "d" {
  name = "dst"
  delivery_destination_configuration { destination_resource_arn = aws_cloudwatch_log_group.g.arn }
  tags = local.changed_tags
}
resource "aws_cloudwatch_log_delivery" "d" {
  delivery_source_name     = aws_cloudwatch_log_delivery_source.s.name
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.d.arn
}
resource "aws_cloudwatch_log_resource_policy" "p" {
  policy_name     = "p"
  policy_document = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "delivery.logs.amazonaws.com" }, Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "*" }] })
}
