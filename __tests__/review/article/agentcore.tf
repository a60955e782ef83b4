resource "aws_bedrockagentcore_oauth2_credential_provider" "m2m" {
  name                       = "${var.project_name}-m2m-oauth2-provider"
  credential_provider_vendor = "CustomOauth2"

  oauth2_provider_config {
    custom_oauth2_provider_config {
      client_id     = aws_cognito_user_pool_client.m2m.id
      client_secret = aws_cognito_user_pool_client.m2m.client_secret

      oauth_discovery {
        discovery_url = "https://cognito-idp.${data.aws_region.current.name}.amazonaws.com/${aws_cognito_user_pool.outbound.id}/.well-known/openid-configuration"
      }
    }
  }
}

resource "aws_bedrockagentcore_agent_runtime" "mcp_server" {
  agent_runtime_name = "${replace(var.project_name, "-", "_")}_mcp_server"
  role_arn           = aws_iam_role.agent_runtime.arn

  agent_runtime_artifact {
    container_configuration {
      container_uri = "${aws_ecr_repository.mcp_server.repository_url}:latest"
    }
  }

  network_configuration {
    network_mode = "PUBLIC"
  }

  protocol_configuration {
    server_protocol = "MCP"
  }

  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = "https://cognito-idp.${data.aws_region.current.name}.amazonaws.com/${aws_cognito_user_pool.outbound.id}/.well-known/openid-configuration"
      allowed_clients = [aws_cognito_user_pool_client.m2m.id]
    }
  }

  environment_variables = {
    LOG_LEVEL   = "INFO"
    ENVIRONMENT = "dev"
  }

  depends_on = [terraform_data.image, aws_iam_role_policy.agent_runtime]
}

resource "aws_bedrockagentcore_gateway" "main" {
  name            = "${var.project_name}-gateway"
  role_arn        = aws_iam_role.gateway.arn
  authorizer_type = "CUSTOM_JWT"
  protocol_type   = "MCP"
  exception_level = "DEBUG"

  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = "https://cognito-idp.${data.aws_region.current.name}.amazonaws.com/${aws_cognito_user_pool.inbound.id}/.well-known/openid-configuration"
      allowed_clients = [aws_cognito_user_pool_client.inbound.id]
    }
  }

  protocol_configuration {
    mcp {
      instructions       = "M2M OAuth authenticated MCP Gateway"
      search_type        = "SEMANTIC"
      supported_versions = ["2025-03-26"]
    }
  }
}

# As the article prints it.
resource "aws_bedrockagentcore_gateway_target" "mcp_server" {
  name               = "${var.project_name}-mcp-target"
  gateway_identifier = aws_bedrockagentcore_gateway.main.gateway_id

  # Outbound Authentication: OAuth M2M (client_credentials)
  credential_provider_configuration {
    oauth {
      provider_arn = aws_bedrockagentcore_oauth2_credential_provider.m2m.credential_provider_arn
      scopes = [
        "${aws_cognito_resource_server.mcp.identifier}/tools.read",
        "${aws_cognito_resource_server.mcp.identifier}/tools.write",
        "${aws_cognito_resource_server.mcp.identifier}/tools.execute"
      ]
    }
  }

  # Target Configuration: MCP Server
  target_configuration {
    mcp {
      mcp_server {
        endpoint = "https://bedrock-agentcore.${data.aws_region.current.name}.amazonaws.com/runtimes/${urlencode(aws_bedrockagentcore_agent_runtime.mcp_server.agent_runtime_arn)}/invocations"
      }
    }
  }
}
