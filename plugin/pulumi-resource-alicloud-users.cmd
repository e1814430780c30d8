@node "%~dp0pulumi-resource-alicloud-users" %*
