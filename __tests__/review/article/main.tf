# The system of the article, written from its text: two user pools, an image, a runtime, a gateway and its target.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.27.0"
    }
  }
}

provider "aws" {
  region = var.aws_region
}

data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

variable "project_name" {
  type    = string
  default = "m2m-auth-demo"
}

variable "aws_region" {
  type    = string
  default = "us-east-1"
}

variable "suffix" {
  type        = string
  description = "Makes the domains unique."
  default     = "k3v9x2pq"
}

output "inbound_user_pool_id" {
  value = aws_cognito_user_pool.inbound.id
}

output "inbound_client_id" {
  value = aws_cognito_user_pool_client.inbound.id
}

output "gateway_url" {
  value = aws_bedrockagentcore_gateway.main.gateway_url
}
