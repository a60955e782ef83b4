# A runtime behind a gateway, whose users, machines, roles and image were there before.
provider "aws" {
  region = "us-east-1"
}

data "aws_cognito_user_pools" "people" {
  name = "people"
}

data "aws_cognito_user_pool" "machines" {
  user_pool_id = "us-east-1_Machines1"
}

data "aws_cognito_user_pool_client" "machine" {
  user_pool_id = data.aws_cognito_user_pool.machines.id
  client_id    = "4machineclient0example"
}

data "aws_iam_role" "runtime" {
  name = "mcp-runtime"
}

data "aws_iam_role" "gateway" {
  name = "mcp-gateway"
}

data "aws_ecr_image" "server" {
  repository_name = "mcp-server"
  most_recent     = true
}

data "aws_ssm_parameter" "log_level" {
  name = "/mcp/log-level"
}

locals {
  people_id = tolist(data.aws_cognito_user_pools.people.ids)[0]
  client_id = "4peopleclient00example"
}

resource "aws_bedrockagentcore_agent_runtime" "server" {
  agent_runtime_name = "server"
  role_arn           = data.aws_iam_role.runtime.arn

  agent_runtime_artifact {
    container_configuration {
      container_uri = data.aws_ecr_image.server.image_uri
    }
  }

  network_configuration {
    network_mode = "PUBLIC"
  }

  protocol_configuration {
    server_protocol = "MCP"
  }

  environment_variables = {
    TABLE = data.aws_ssm_parameter.log_level.value
  }

  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = "https://${data.aws_cognito_user_pool.machines.endpoint}/.well-known/openid-configuration"
      allowed_clients = [data.aws_cognito_user_pool_client.machine.id]
    }
  }
}

resource "aws_bedrockagentcore_oauth2_credential_provider" "machine" {
  name                       = "machine"
  credential_provider_vendor = "CustomOauth2"

  oauth2_provider_config {
    custom_oauth2_provider_config {
      client_id     = data.aws_cognito_user_pool_client.machine.id
      client_secret = data.aws_cognito_user_pool_client.machine.client_secret

      oauth_discovery {
        discovery_url = "https://${data.aws_cognito_user_pool.machines.endpoint}/.well-known/openid-configuration"
      }
    }
  }
}

resource "aws_bedrockagentcore_gateway" "main" {
  name            = "main"
  role_arn        = data.aws_iam_role.gateway.arn
  protocol_type   = "MCP"
  authorizer_type = "CUSTOM_JWT"

  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = "https://cognito-idp.us-east-1.amazonaws.com/${local.people_id}/.well-known/openid-configuration"
      allowed_clients = [local.client_id]
    }
  }
}

resource "aws_bedrockagentcore_gateway_target" "server" {
  name               = "server"
  gateway_identifier = aws_bedrockagentcore_gateway.main.gateway_id

  credential_provider_configuration {
    oauth {
      provider_arn = aws_bedrockagentcore_oauth2_credential_provider.machine.credential_provider_arn
      scopes       = ["tools/invoke"]
    }
  }

  target_configuration {
    mcp {
      mcp_server {
        endpoint = "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/${urlencode(aws_bedrockagentcore_agent_runtime.server.agent_runtime_arn)}/invocations"
      }
    }
  }
}

output "gateway_url" {
  value = aws_bedrockagentcore_gateway.main.gateway_url
}

output "inbound_user_pool_id" {
  value = local.people_id
}

output "inbound_client_id" {
  value = local.client_id
}
