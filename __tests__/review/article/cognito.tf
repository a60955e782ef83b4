# User pool A: people.

resource "aws_cognito_user_pool" "inbound" {
  name                     = "${var.project_name}-inbound-pool"
  auto_verified_attributes = ["email"]
  mfa_configuration        = "OFF"

  password_policy {
    minimum_length    = 8
    require_lowercase = true
    require_uppercase = true
    require_numbers   = true
    require_symbols   = true
  }

  schema {
    name                = "email"
    attribute_data_type = "String"
    required            = true
    mutable             = true
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }
}

resource "aws_cognito_user_pool_domain" "inbound" {
  domain       = "${var.project_name}-inbound-${var.suffix}"
  user_pool_id = aws_cognito_user_pool.inbound.id
}

resource "aws_cognito_user_pool_client" "inbound" {
  name                                 = "${var.project_name}-inbound-client"
  user_pool_id                         = aws_cognito_user_pool.inbound.id
  generate_secret                      = false
  explicit_auth_flows                  = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_scopes                 = ["openid", "email", "profile"]
  supported_identity_providers         = ["COGNITO"]
  callback_urls                        = ["https://localhost/callback"]
  logout_urls                          = ["https://localhost/logout"]
  access_token_validity                = 1
  id_token_validity                    = 1
  refresh_token_validity               = 30

  token_validity_units {
    access_token  = "hours"
    id_token      = "hours"
    refresh_token = "days"
  }
}

# User pool B: the gateway as a machine.

resource "aws_cognito_user_pool" "outbound" {
  name = "${var.project_name}-outbound-pool"

  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  password_policy {
    minimum_length = 8
  }
}

resource "aws_cognito_user_pool_domain" "outbound" {
  domain       = "${var.project_name}-outbound-${var.suffix}"
  user_pool_id = aws_cognito_user_pool.outbound.id
}

resource "aws_cognito_resource_server" "mcp" {
  identifier   = "mcp-server"
  name         = "MCP Server Resource"
  user_pool_id = aws_cognito_user_pool.outbound.id

  scope {
    scope_name        = "tools.read"
    scope_description = "Read access to MCP tools"
  }
  scope {
    scope_name        = "tools.write"
    scope_description = "Write access to MCP tools"
  }
  scope {
    scope_name        = "tools.execute"
    scope_description = "Execute MCP tools"
  }
}

resource "aws_cognito_user_pool_client" "m2m" {
  name                                 = "${var.project_name}-m2m-client"
  user_pool_id                         = aws_cognito_user_pool.outbound.id
  generate_secret                      = true
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_scopes = [
    "${aws_cognito_resource_server.mcp.identifier}/tools.read",
    "${aws_cognito_resource_server.mcp.identifier}/tools.write",
    "${aws_cognito_resource_server.mcp.identifier}/tools.execute"
  ]
  access_token_validity = 1

  token_validity_units {
    access_token = "hours"
  }
}
