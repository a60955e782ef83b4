variable "name" {
  type = string
}

variable "role_arn" {
  type = string
}

variable "pool" {
  type = object({ pool_id = string })
}

variable "discovery_url" {
  type = string
}

variable "client_id" {
  type = string
}

variable "client_secret" {
  type      = string
  sensitive = true
}

variable "domain" {
  type = string
}

# Read at apply, since the module waits for others.
data "aws_caller_identity" "this" {}
data "aws_region" "this" {}

resource "aws_bedrockagentcore_oauth2_credential_provider" "this" {
  name                       = var.name
  credential_provider_vendor = "CustomOauth2"

  oauth2_provider_config {
    custom_oauth2_provider_config {
      client_id_wo                  = var.client_id
      client_secret_wo              = var.client_secret
      client_credentials_wo_version = 1

      oauth_discovery {
        authorization_server_metadata {
          issuer                 = "https://cognito-idp.${data.aws_region.this.region}.amazonaws.com/${var.pool.pool_id}"
          authorization_endpoint = "https://${var.domain}.auth.${data.aws_region.this.region}.amazoncognito.com/oauth2/authorize"
          token_endpoint         = "https://${var.domain}.auth.${data.aws_region.this.region}.amazoncognito.com/oauth2/token"
        }
      }
    }
  }
}

resource "aws_bedrockagentcore_agent_runtime" "this" {
  agent_runtime_name = var.name
  role_arn           = var.role_arn

  agent_runtime_artifact {
    container_configuration {
      container_uri = "${data.aws_caller_identity.this.account_id}.dkr.ecr.${data.aws_region.this.region}.amazonaws.com/tools:latest"
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
      discovery_url   = var.discovery_url
      allowed_clients = [var.client_id]
    }
  }

  environment_variables = {
    NAME      = var.name
    USER_POOL = var.pool.pool_id
    CALLER    = "${data.aws_caller_identity.this.account_id} in ${data.aws_region.this.region}"
  }
}

output "id" {
  value = aws_bedrockagentcore_agent_runtime.this.agent_runtime_id
}

output "provider_arn" {
  value = aws_bedrockagentcore_oauth2_credential_provider.this.credential_provider_arn
}

output "secret_arn" {
  value = aws_bedrockagentcore_oauth2_credential_provider.this.client_secret_arn[0].secret_arn
}

output "endpoint" {
  value = "https://bedrock-agentcore.${data.aws_region.this.region}.amazonaws.com/runtimes/${urlencode(aws_bedrockagentcore_agent_runtime.this.agent_runtime_arn)}/invocations"
}
