/** What the shapes below have in common: two user pools, the way out, a role for each side, and a gateway. */
export const BASE = `
provider "aws" {
  region = "us-east-1"
}

resource "aws_cognito_user_pool" "people" {
  name = "people"
}

resource "aws_cognito_user_pool_client" "app" {
  name         = "app"
  user_pool_id = aws_cognito_user_pool.people.id
}

resource "aws_cognito_user_pool" "machines" {
  name = "machines"
}

resource "aws_cognito_user_pool_domain" "machines" {
  domain       = "machines-k3v9x2"
  user_pool_id = aws_cognito_user_pool.machines.id
}

resource "aws_cognito_resource_server" "mcp" {
  identifier   = "mcp"
  name         = "mcp"
  user_pool_id = aws_cognito_user_pool.machines.id

  dynamic "scope" {
    for_each = toset(["invoke"])
    content {
      scope_name        = scope.value
      scope_description = title(scope.key)
    }
  }
}

resource "aws_cognito_user_pool_client" "m2m" {
  name                                 = "m2m"
  user_pool_id                         = aws_cognito_user_pool.machines.id
  generate_secret                      = true
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_scopes                 = aws_cognito_resource_server.mcp.scope_identifiers
}

resource "aws_bedrockagentcore_oauth2_credential_provider" "m2m" {
  name                       = "m2m"
  credential_provider_vendor = "CustomOauth2"

  oauth2_provider_config {
    custom_oauth2_provider_config {
      client_id     = aws_cognito_user_pool_client.m2m.id
      client_secret = aws_cognito_user_pool_client.m2m.client_secret

      oauth_discovery {
        discovery_url = local.machines
      }
    }
  }
}

locals {
  people   = "https://cognito-idp.us-east-1.amazonaws.com/\${aws_cognito_user_pool.people.id}/.well-known/openid-configuration"
  machines = "https://cognito-idp.us-east-1.amazonaws.com/\${aws_cognito_user_pool.machines.id}/.well-known/openid-configuration"
}

resource "aws_iam_role" "agentcore" {
  name = "agentcore"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "bedrock-agentcore.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "agentcore" {
  name   = "all"
  role   = aws_iam_role.agentcore.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_bedrockagentcore_gateway" "tools" {
  name            = "tools"
  role_arn        = aws_iam_role.agentcore.arn
  authorizer_type = "CUSTOM_JWT"
  protocol_type   = "MCP"

  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = local.people
      allowed_clients = [aws_cognito_user_pool_client.app.id]
    }
  }
}
`;

/** A runtime and its target, written out. @param name - in labels and in Terraform's names */
export function server(name: string, protocol: string, description: string): string {
  return `
resource "aws_bedrockagentcore_agent_runtime" "${name}" {
  agent_runtime_name = "${name}"
  role_arn           = aws_iam_role.agentcore.arn

  agent_runtime_artifact {
    container_configuration {
      container_uri = "123456789012.dkr.ecr.us-east-1.amazonaws.com/tools:1"
    }
  }

  network_configuration {
    network_mode = "PUBLIC"
  }

  protocol_configuration {
    server_protocol = "${protocol}"
  }

  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = local.machines
      allowed_clients = [aws_cognito_user_pool_client.m2m.id]
    }
  }

  depends_on = [aws_iam_role_policy.agentcore]
}

resource "aws_bedrockagentcore_gateway_target" "${name}" {
  name               = "${name}"
  description        = "${description}"
  gateway_identifier = aws_bedrockagentcore_gateway.tools.gateway_id

  credential_provider_configuration {
    oauth {
      provider_arn = aws_bedrockagentcore_oauth2_credential_provider.m2m.credential_provider_arn
      scopes       = ["mcp/invoke"]
    }
  }

  target_configuration {
    mcp {
      mcp_server {
        endpoint = "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/\${urlencode(aws_bedrockagentcore_agent_runtime.${name}.agent_runtime_arn)}/invocations"
      }
    }
  }

  depends_on = [aws_iam_role_policy.agentcore]
}
`;
}
