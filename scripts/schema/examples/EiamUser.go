package main

import (
	"pulumi-alicloud-users/sdk/go/alicloudusers"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		carol, err := alicloudusers.NewEiamUser(ctx, "carol", &alicloudusers.EiamUserArgs{
			InstanceId:    pulumi.String("idaas_demo0001"),
			Username:      pulumi.String("carol"),
			DisplayName:   pulumi.String("Carol Danvers"),
			Password:      config.RequireSecret(ctx, "carolPassword"),
			Email:         pulumi.String("carol@example.com"),
			EmailVerified: pulumi.Bool(true),
			CustomFields:  pulumi.StringMap{"nick_name": pulumi.String("Caz")},
		})
		if err != nil {
			return err
		}
		ctx.Export("carolId", carol.UserId)
		return nil
	})
}
