# What the example existing-pool finds in the account, as it is made by somebody else.
resource "aws_cognito_user_pool" "people" { name = "people" }
resource "aws_cognito_user_pool_client" "people" {
  count               = 2
  name                = "app-${count.index}"
  user_pool_id        = aws_cognito_user_pool.people.id
  explicit_auth_flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}
resource "aws_cognito_user_pool" "services" { name = "services" }
resource "aws_cognito_user_pool_domain" "services" {
  domain       = "company-services"
  user_pool_id = aws_cognito_user_pool.services.id
}
resource "aws_cognito_resource_server" "tools" {
  identifier   = "tools"
  name         = "tools"
  user_pool_id = aws_cognito_user_pool.services.id
  scope {
    scope_name        = "call"
    scope_description = "Call tools"
  }
}
resource "aws_cognito_user_pool_client" "gateway" {
  name                                 = "gateway"
  user_pool_id                         = aws_cognito_user_pool.services.id
  generate_secret                      = true
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = aws_cognito_resource_server.tools.scope_identifiers
}
resource "aws_iam_role" "gateway" {
  name = "tools-gateway"
  path = "/platform/"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "bedrock-agentcore.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}
resource "aws_iam_role_policy" "gateway" {
  name = "tools-gateway"
  role = aws_iam_role.gateway.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["bedrock-agentcore:Get*", "secretsmanager:GetSecretValue"]
      Resource = "*"
    }]
  })
}
resource "aws_iam_policy" "boundary" {
  name = "boundary"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}
output "boundary" { value = aws_iam_policy.boundary.arn }
output "people" { value = aws_cognito_user_pool.people.id }
output "people_clients" { value = aws_cognito_user_pool_client.people[*].id }
output "services" { value = aws_cognito_user_pool.services.id }
output "gateway_client" { value = aws_cognito_user_pool_client.gateway.id }
output "gateway_client_secret" {
  value     = aws_cognito_user_pool_client.gateway.client_secret
  sensitive = true
}
