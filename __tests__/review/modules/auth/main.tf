variable "name" {
  type = string
}

variable "machines" {
  type    = bool
  default = false
}

resource "aws_cognito_user_pool" "this" {
  name = var.name

  admin_create_user_config {
    allow_admin_create_user_only = true
  }
}

resource "aws_cognito_user_pool_domain" "this" {
  count        = var.machines ? 1 : 0
  domain       = "${var.name}-k3v9x2"
  user_pool_id = aws_cognito_user_pool.this.id
}

resource "aws_cognito_resource_server" "this" {
  count        = var.machines ? 1 : 0
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
  generate_secret                      = var.machines
  allowed_oauth_flows_user_pool_client = var.machines
  allowed_oauth_flows                  = var.machines ? ["client_credentials"] : []
  allowed_oauth_scopes                 = flatten(aws_cognito_resource_server.this[*].scope_identifiers)
  explicit_auth_flows                  = var.machines ? [] : ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}

output "client_id" {
  value = aws_cognito_user_pool_client.this.id
}

output "client_secret" {
  value     = aws_cognito_user_pool_client.this.client_secret
  sensitive = true
}

output "discovery_url" {
  value = "https://${aws_cognito_user_pool.this.endpoint}/.well-known/openid-configuration"
}
