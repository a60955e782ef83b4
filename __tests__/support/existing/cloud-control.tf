# AgentCore by the provider awscc, whose arguments are the properties of CloudFormation.
provider "awscc" {
  region = "eu-central-1"
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

resource "aws_iam_role" "tools" {
  name               = "tools"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy_attachment" "tools" {
  role       = aws_iam_role.tools.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_cognito_user_pool" "machines" {
  name = "machines"
}

resource "aws_cognito_resource_server" "tools" {
  identifier   = "tools"
  name         = "tools"
  user_pool_id = aws_cognito_user_pool.machines.id
  scope {
    scope_name        = "call"
    scope_description = "Call tools"
  }
}

resource "aws_cognito_user_pool_domain" "machines" {
  domain       = "tools-machines-k3v9"
  user_pool_id = aws_cognito_user_pool.machines.id
}

resource "aws_cognito_user_pool_client" "machine" {
  name                                 = "machine"
  user_pool_id                         = aws_cognito_user_pool.machines.id
  generate_secret                      = true
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = aws_cognito_resource_server.tools.scope_identifiers
}

locals {
  discovery_url = "https://${aws_cognito_user_pool.machines.endpoint}/.well-known/openid-configuration"
}

resource "awscc_bedrockagentcore_o_auth_2_credential_provider" "machine" {
  name                       = "machine"
  credential_provider_vendor = "CustomOauth2"
  oauth_2_provider_config_input = {
    custom_oauth_2_provider_config = {
      client_id     = aws_cognito_user_pool_client.machine.id
      client_secret = aws_cognito_user_pool_client.machine.client_secret
      oauth_discovery = {
        discovery_url = local.discovery_url
      }
    }
  }
}

resource "awscc_bedrockagentcore_runtime" "tools" {
  agent_runtime_name = "tools"
  role_arn           = aws_iam_role.tools.arn
  agent_runtime_artifact = {
    container_configuration = {
      container_uri = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/tools:1"
    }
  }
  authorizer_configuration = {
    custom_jwt_authorizer = {
      discovery_url   = local.discovery_url
      allowed_clients = [aws_cognito_user_pool_client.machine.id]
    }
  }
  network_configuration = {
    network_mode = "PUBLIC"
  }
  protocol_configuration = "MCP"
}

resource "awscc_bedrockagentcore_gateway" "tools" {
  name            = "tools"
  role_arn        = aws_iam_role.tools.arn
  protocol_type   = "MCP"
  authorizer_type = "AWS_IAM"
}

resource "awscc_bedrockagentcore_gateway_target" "server" {
  name               = "server"
  gateway_identifier = awscc_bedrockagentcore_gateway.tools.gateway_identifier
  credential_provider_configurations = [{
    credential_provider_type = "OAUTH"
    credential_provider = {
      oauth_credential_provider = {
        provider_arn = awscc_bedrockagentcore_o_auth_2_credential_provider.machine.credential_provider_arn
        scopes       = ["tools/call"]
      }
    }
  }]
  target_configuration = {
    mcp = {
      mcp_server = {
        endpoint = "https://bedrock-agentcore.eu-central-1.amazonaws.com/runtimes/${urlencode(awscc_bedrockagentcore_runtime.tools.agent_runtime_arn)}/invocations?qualifier=DEFAULT"
      }
    }
  }
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.tools.arn
}

resource "awscc_bedrockagentcore_gateway_target" "orders" {
  name               = "orders"
  gateway_identifier = awscc_bedrockagentcore_gateway.tools.gateway_identifier
  credential_provider_configurations = [{
    credential_provider_type = "GATEWAY_IAM_ROLE"
  }]
  target_configuration = {
    mcp = {
      lambda = {
        lambda_arn = aws_lambda_function.orders.arn
        tool_schema = {
          inline_payload = [{
            name        = "find_order"
            description = "Finds an order"
            input_schema = {
              type     = "object"
              required = ["id"]
              properties = {
                id    = { type = "string", description = "The order's id" }
                lines = { type = "array", items = { type = "object", properties = { sku = { type = "string" } } } }
              }
            }
          }]
        }
      }
    }
  }
}

output "gateway_url" {
  value = awscc_bedrockagentcore_gateway.tools.gateway_url
}

output "provider_secret_arn" {
  value = awscc_bedrockagentcore_o_auth_2_credential_provider.machine.client_secret_arn.secret_arn
}
