package main

import (
	"pulumi-alicloud-users/sdk/go/alicloudusers"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		bob, err := alicloudusers.NewBastionhostUser(ctx, "bob", &alicloudusers.BastionhostUserArgs{
			InstanceId:      pulumi.String("bastionhost-cn-demo0001"),
			Source:          alicloudusers.BastionhostUserSourceLocal,
			UserName:        pulumi.String("bob"),
			DisplayName:     pulumi.String("Bob Sawyer"),
			Password:        config.RequireSecret(ctx, "bobPassword"),
			TwoFactorStatus: alicloudusers.BastionhostUserTwoFactorStatusEnable,
			TwoFactorMethods: alicloudusers.BastionhostUserTwoFactorMethodArray{
				alicloudusers.BastionhostUserTwoFactorMethodTotp,
			},
			EffectiveEndTime: pulumi.String("2027-12-31T23:59:59Z"),
		})
		if err != nil {
			return err
		}
		ctx.Export("bobId", bob.UserId)
		return nil
	})
}
