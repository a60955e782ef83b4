# A target at a host outside of AWS, whose API key is write-only and comes from a variable, as a pipeline passes it.

provider "aws" {
  region = "us-east-1"
}

variable "weather_key" {
  type      = string
  sensitive = true
  default   = "k3y-of-the-weather"
}

resource "aws_iam_role" "gateway" {
  name = "weather-gateway"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "bedrock-agentcore.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    }]
  })
}

resource "aws_iam_role_policy" "gateway" {
  role = aws_iam_role.gateway.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
        "bedrock-agentcore:GetWorkloadAccessToken",
        "bedrock-agentcore:GetResourceApiKey",
        "secretsmanager:GetSecretValue",
      ]
      Resource = "*"
    }]
  })
}

resource "aws_bedrockagentcore_api_key_credential_provider" "weather" {
  name               = "weather"
  api_key_wo         = var.weather_key
  api_key_wo_version = 1
}

resource "aws_bedrockagentcore_gateway" "main" {
  name            = "weather"
  authorizer_type = "AWS_IAM"
  protocol_type   = "MCP"
  role_arn        = aws_iam_role.gateway.arn
}

resource "aws_bedrockagentcore_gateway_target" "weather" {
  name               = "weather"
  gateway_identifier = aws_bedrockagentcore_gateway.main.gateway_id
  depends_on         = [aws_iam_role_policy.gateway]

  credential_provider_configuration {
    api_key {
      provider_arn              = aws_bedrockagentcore_api_key_credential_provider.weather.credential_provider_arn
      credential_location       = "HEADER"
      credential_parameter_name = "X-Api-Key"
    }
  }

  target_configuration {
    mcp {
      mcp_server {
        endpoint = "https://tools.example.com/mcp"
      }
    }
  }
}
