variable "name" {
  type = string
}

variable "domain" {
  type    = string
  default = null
}

locals {
  for_machines = var.name == "machines"
}

resource "aws_cognito_user_pool" "this" {
  name = var.name
}

resource "aws_cognito_user_pool_domain" "this" {
  count        = local.for_machines ? 1 : 0
  domain       = var.domain
  user_pool_id = aws_cognito_user_pool.this.id
}

resource "aws_cognito_resource_server" "this" {
  count        = local.for_machines ? 1 : 0
  identifier   = var.name
  name         = var.name
  user_pool_id = aws_cognito_user_pool.this.id

  scope {
    scope_name        = "use"
    scope_description = "Use the tools"
  }
}

resource "aws_cognito_user_pool_client" "this" {
  name                                 = var.name
  user_pool_id                         = aws_cognito_user_pool.this.id
  generate_secret                      = local.for_machines
  allowed_oauth_flows_user_pool_client = local.for_machines
  allowed_oauth_flows                  = local.for_machines ? ["client_credentials"] : []
  allowed_oauth_scopes                 = flatten(aws_cognito_resource_server.this[*].scope_identifiers)
  explicit_auth_flows                  = local.for_machines ? [] : ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}

output "pool_id" {
  value = aws_cognito_user_pool.this.id
}

output "client_id" {
  value = aws_cognito_user_pool_client.this.id
}

output "client_secret" {
  value     = aws_cognito_user_pool_client.this.client_secret
  sensitive = true
}

output "scopes" {
  value = flatten(aws_cognito_resource_server.this[*].scope_identifiers)
}

output "domain" {
  value = one(aws_cognito_user_pool_domain.this[*].domain)
}

output "discovery_url" {
  value = "https://${aws_cognito_user_pool.this.endpoint}/.well-known/openid-configuration"
}
