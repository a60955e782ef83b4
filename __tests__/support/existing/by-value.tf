# Two targets, of two gateways, that lead to what was there before; everything is named by value.
provider "aws" {
  region = "eu-central-1"
}

resource "aws_bedrockagentcore_resource_policy" "server" {
  resource_arn = "arn:aws:bedrock-agentcore:eu-central-1:210987654321:runtime/server-AbCdEfGhIj"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "bedrock-agentcore:InvokeAgentRuntime", Resource = "*" }]
  })
}

resource "aws_bedrockagentcore_gateway" "main" {
  name            = "main"
  role_arn        = "arn:aws:iam::210987654321:role/service-role/mcp-gateway"
  protocol_type   = "MCP"
  authorizer_type = "CUSTOM_JWT"

  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI/.well-known/openid-configuration"
      allowed_clients = ["1h57kf5cpq17m0eml12example"]
    }
  }
}

resource "aws_bedrockagentcore_oauth2_credential_provider" "machine" {
  name                       = "machine"
  credential_provider_vendor = "CustomOauth2"

  oauth2_provider_config {
    custom_oauth2_provider_config {
      client_id     = "4machineclient0example"
      client_secret = "not-the-real-one"

      oauth_discovery {
        authorization_server_metadata {
          issuer                 = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Machines1"
          authorization_endpoint = "https://machines.auth.eu-central-1.amazoncognito.com/oauth2/authorize"
          token_endpoint         = "https://machines.auth.eu-central-1.amazoncognito.com/oauth2/token"
          response_types         = ["token"]
        }
      }
    }
  }
}

resource "aws_iam_role_policy_attachment" "gateway" {
  role       = "mcp-gateway"
  policy_arn = "arn:aws:iam::210987654321:policy/mcp-tools"
}

resource "aws_bedrockagentcore_gateway_target" "server" {
  name               = "server"
  gateway_identifier = aws_bedrockagentcore_gateway.main.gateway_id

  credential_provider_configuration {
    oauth {
      provider_arn = aws_bedrockagentcore_oauth2_credential_provider.machine.credential_provider_arn
      scopes       = ["https://tools.example.com/invoke", "tools/read"]
    }
  }

  target_configuration {
    mcp {
      mcp_server {
        endpoint = "https://bedrock-agentcore.eu-central-1.amazonaws.com/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aeu-central-1%3A210987654321%3Aruntime%2Fserver-AbCdEfGhIj/invocations?qualifier=DEFAULT"
      }
    }
  }
}

resource "aws_bedrockagentcore_gateway_target" "signed" {
  name               = "signed"
  gateway_identifier = "shared-a1b2c3d4e5"

  credential_provider_configuration {
    gateway_iam_role {
      service = "bedrock-agentcore"
    }
  }

  target_configuration {
    mcp {
      mcp_server {
        endpoint = "https://bedrock-agentcore.eu-central-1.amazonaws.com/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aeu-central-1%3A210987654321%3Aruntime%2Fsigned-AbCdEfGhIj/invocations"
      }
    }
  }
}

resource "aws_bedrockagentcore_gateway_target" "there" {
  name               = "there"
  gateway_identifier = aws_bedrockagentcore_gateway.main.gateway_id

  credential_provider_configuration {
    oauth {
      provider_arn = "arn:aws:bedrock-agentcore:eu-central-1:210987654321:token-vault/default/oauth2credentialprovider/there"
      scopes       = ["tools/read"]
    }
  }

  target_configuration {
    mcp {
      mcp_server {
        endpoint = "https://bedrock-agentcore.eu-central-1.amazonaws.com/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aeu-central-1%3A210987654321%3Aruntime%2Fthere-AbCdEfGhIj/invocations"
      }
    }
  }
}

output "gateway_url" {
  value = aws_bedrockagentcore_gateway.main.gateway_url
}

output "inbound_user_pool_id" {
  value = "eu-west-1_AbCdEfGhI"
}

output "inbound_client_id" {
  value = "1h57kf5cpq17m0eml12example"
}
