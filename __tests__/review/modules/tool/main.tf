variable "name" {
  type = string
}

variable "protocol" {
  type = string
}

variable "role_arn" {
  type = string
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

resource "aws_bedrockagentcore_oauth2_credential_provider" "this" {
  name                       = var.name
  credential_provider_vendor = "CustomOauth2"

  oauth2_provider_config {
    custom_oauth2_provider_config {
      client_id     = var.client_id
      client_secret = var.client_secret

      oauth_discovery {
        discovery_url = var.discovery_url
      }
    }
  }
}

resource "aws_bedrockagentcore_agent_runtime" "this" {
  agent_runtime_name = var.name
  role_arn           = var.role_arn

  agent_runtime_artifact {
    container_configuration {
      container_uri = "123456789012.dkr.ecr.us-east-1.amazonaws.com/tools:1"
    }
  }

  network_configuration {
    network_mode = "PUBLIC"
  }

  protocol_configuration {
    server_protocol = var.protocol
  }

  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = var.discovery_url
      allowed_clients = [var.client_id]
    }
  }
}

output "provider_arn" {
  value = aws_bedrockagentcore_oauth2_credential_provider.this.credential_provider_arn
}

output "secret_arn" {
  value = aws_bedrockagentcore_oauth2_credential_provider.this.client_secret_arn[0].secret_arn
}

output "endpoint" {
  value = "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/${urlencode(aws_bedrockagentcore_agent_runtime.this.agent_runtime_arn)}/invocations"
}
