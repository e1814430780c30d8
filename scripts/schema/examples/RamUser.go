package main

import (
	"pulumi-alicloud-users/sdk/go/alicloudusers"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		alice, err := alicloudusers.NewRamUser(ctx, "alice", &alicloudusers.RamUserArgs{
			UserName:    pulumi.String("alice"),
			DisplayName: pulumi.String("Alice Liddell"),
			Email:       pulumi.String("alice@example.com"),
			Comments:    pulumi.String("On call in odd weeks"),
		})
		if err != nil {
			return err
		}
		ctx.Export("aliceId", alice.UserId)
		return nil
	})
}
