# The deployment of examples/private in Terraform: an account that is reached through a private endpoint alone, and by
# Microsoft Entra identities alone.

terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.50"
    }
  }
}

variable "account_name" {
  description = "Name of the account."
  type        = string
}

variable "resource_group" {
  description = "Where everything is deployed, and in which region."
  type        = object({ name = string, location = string })
}

variable "workspace" {
  description = "The Log Analytics workspace that takes the logs."
  type        = object({ name = string, resource_group_name = string })
}

variable "storage_id" {
  description = "Id of the storage account that takes the flow logs of the network."
  type        = string
}

variable "key_id" {
  description = "Id, without a version, of the key that encrypts the account."
  type        = string
  nullable    = false
}

data "azurerm_log_analytics_workspace" "logs" {
  name                = var.workspace.name
  resource_group_name = var.workspace.resource_group_name
}

resource "azurerm_cosmosdb_account" "account" {
  name                = var.account_name
  resource_group_name = var.resource_group.name
  location            = var.resource_group.location
  offer_type          = "Standard"
  kind                = "GlobalDocumentDB"
  key_vault_key_id    = var.key_id

  public_network_access_enabled      = false
  local_authentication_disabled      = true
  access_key_metadata_writes_enabled = false
  minimal_tls_version                = "Tls12"

  consistency_policy {
    consistency_level = "Session"
  }
  geo_location {
    location          = var.resource_group.location
    failover_priority = 0
    zone_redundant    = true
  }
  backup {
    type = "Continuous"
  }
}

# The account's API for NoSQL listens on 443, and on 10250 to 10256 in direct mode.
resource "azurerm_network_security_group" "clients" {
  name                = "${var.account_name}-clients"
  resource_group_name = var.resource_group.name
  location            = var.resource_group.location

  security_rule {
    name                       = "clients"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_address_prefix      = "VirtualNetwork"
    source_port_range          = "*"
    destination_address_prefix = "10.0.0.0/27"
    destination_port_ranges    = ["443", "10250-10256"]
  }
  security_rule {
    name                       = "nobody-else"
    priority                   = 4096
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }
}

resource "azurerm_virtual_network" "network" {
  name                = "${var.account_name}-network"
  resource_group_name = var.resource_group.name
  location            = var.resource_group.location
  address_space       = ["10.0.0.0/24"]
}

resource "azurerm_subnet" "endpoints" {
  name                              = "endpoints"
  resource_group_name               = var.resource_group.name
  virtual_network_name              = azurerm_virtual_network.network.name
  address_prefixes                  = ["10.0.0.0/27"]
  private_endpoint_network_policies = "Enabled"
}

resource "azurerm_subnet_network_security_group_association" "endpoints" {
  subnet_id                 = azurerm_subnet.endpoints.id
  network_security_group_id = azurerm_network_security_group.clients.id
}

# The region's network watcher is one that Azure keeps.
resource "azurerm_network_watcher_flow_log" "network" {
  name                 = "${var.account_name}-flow-log"
  network_watcher_name = "NetworkWatcher_${var.resource_group.location}"
  resource_group_name  = "NetworkWatcherRG"
  target_resource_id   = azurerm_virtual_network.network.id
  storage_account_id   = var.storage_id
  enabled              = true

  retention_policy {
    enabled = true
    days    = 90
  }
  traffic_analytics {
    enabled               = true
    workspace_id          = data.azurerm_log_analytics_workspace.logs.workspace_id
    workspace_region      = var.resource_group.location
    workspace_resource_id = data.azurerm_log_analytics_workspace.logs.id
  }
}

resource "azurerm_private_dns_zone" "documents" {
  name                = "privatelink.documents.azure.com"
  resource_group_name = var.resource_group.name
}

resource "azurerm_private_dns_zone_virtual_network_link" "network" {
  name                  = "network"
  resource_group_name   = var.resource_group.name
  private_dns_zone_name = azurerm_private_dns_zone.documents.name
  virtual_network_id    = azurerm_virtual_network.network.id
}

resource "azurerm_management_lock" "keep" {
  name       = "keep"
  scope      = azurerm_private_dns_zone.documents.id
  lock_level = "CanNotDelete"
}

resource "azurerm_private_endpoint" "endpoint" {
  name                = "${var.account_name}-endpoint"
  resource_group_name = var.resource_group.name
  location            = var.resource_group.location
  subnet_id           = azurerm_subnet.endpoints.id

  private_service_connection {
    name                           = "account"
    private_connection_resource_id = azurerm_cosmosdb_account.account.id
    subresource_names              = ["Sql"]
    is_manual_connection           = false
  }
  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = [azurerm_private_dns_zone.documents.id]
  }
}

resource "azurerm_monitor_diagnostic_setting" "audit" {
  name                       = "audit"
  target_resource_id         = azurerm_cosmosdb_account.account.id
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.logs.id

  enabled_log {
    category_group = "audit"
  }
}

resource "azurerm_advanced_threat_protection" "defender" {
  target_resource_id = azurerm_cosmosdb_account.account.id
  enabled            = true
}
