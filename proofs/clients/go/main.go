// Takes one user of each product through its life with the vendor's Go SDK; prints a line of JSON for each step.
// The SDK has typed calls for RAM alone; the other products go through its CommonRequest.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ram"
)

type step struct {
	name string
	run  func() error
}

type result struct {
	Product string `json:"product"`
	Step    string `json:"step"`
	Error   string `json:"error,omitempty"`
}

func play(product string, steps []step) {
	for _, each := range steps {
		done := result{Product: product, Step: each.name}
		if err := each.run(); err != nil {
			done.Error = err.Error()
		}
		line, _ := json.Marshal(done)
		fmt.Println(string(line))
	}
}

func expect(text, part string) error {
	if strings.Contains(text, part) {
		return nil
	}
	return fmt.Errorf("expected %s in %s", part, text)
}

func ramSteps(host string) []step {
	client, err := ram.NewClientWithAccessKey("cn-hangzhou", "testid", "testsecret")
	if err != nil {
		panic(err)
	}
	at := func(request requests.AcsRequest) {
		request.SetScheme("http")
		request.SetDomain(host)
	}
	read := func() (string, error) {
		request := ram.CreateGetUserRequest()
		at(request)
		request.UserName = "alice"
		response, err := client.GetUser(request)
		if err != nil {
			return "", err
		}
		return response.User.DisplayName + "|" + response.User.Comments, nil
	}
	readIs := func(wanted string) error {
		found, err := read()
		if err != nil {
			return err
		}
		return expect(found, wanted)
	}
	return []step{
		{"create", func() error {
			request := ram.CreateCreateUserRequest()
			at(request)
			request.UserName, request.DisplayName, request.Comments = "alice", "Alice 测试*~!", "on call"
			response, err := client.CreateUser(request)
			if err != nil {
				return err
			}
			return expect(response.User.UserName, "alice")
		}},
		{"read", func() error { return readIs("Alice 测试*~!|on call") }},
		{"update", func() error {
			request := ram.CreateUpdateUserRequest()
			at(request)
			request.UserName, request.NewUserName, request.NewDisplayName = "alice", "alice", "Alice L."
			if _, err := client.UpdateUser(request); err != nil {
				return err
			}
			return readIs("Alice L.|on call")
		}},
		{"list", func() error {
			request := ram.CreateListUsersRequest()
			at(request)
			response, err := client.ListUsers(request)
			if err != nil {
				return err
			}
			return expect(fmt.Sprint(len(response.Users.User)), "1")
		}},
		{"delete", func() error {
			request := ram.CreateDeleteUserRequest()
			at(request)
			request.UserName = "alice"
			_, err := client.DeleteUser(request)
			return err
		}},
	}
}

// caller calls actions of one product by name, in the way of the SDK's CommonRequest.
func caller(host, version string, fixed map[string]string) func(action string, params map[string]string) (string, error) {
	client, err := sdk.NewClientWithAccessKey("cn-hangzhou", "testid", "testsecret")
	if err != nil {
		panic(err)
	}
	return func(action string, params map[string]string) (string, error) {
		request := requests.NewCommonRequest()
		request.Method, request.Scheme, request.Domain = "POST", "http", host
		request.Version, request.ApiName = version, action
		for _, part := range []map[string]string{fixed, params} {
			for name, value := range part {
				request.QueryParams[name] = value
			}
		}
		response, err := client.ProcessCommonRequest(request)
		if err != nil {
			return "", err
		}
		return response.GetHttpContentString(), nil
	}
}

func commonSteps(call func(string, map[string]string) (string, error), life map[string]action) []step {
	id := map[string]string{}
	steps := []step{}
	for _, name := range []string{"create", "read", "update", "list", "lock", "unlock", "delete"} {
		each := life[name]
		steps = append(steps, step{name, func() error {
			params := map[string]string{}
			for key, value := range each.params {
				params[key] = strings.ReplaceAll(value, "USER_ID", id["UserId"])
			}
			if each.byID {
				params["UserId"] = id["UserId"]
			}
			answer, err := call(each.name, params)
			if err != nil {
				return err
			}
			if name == "create" {
				return json.Unmarshal([]byte(answer), &id)
			}
			return expect(answer, each.shows)
		}})
	}
	return steps
}

type action struct {
	name   string
	params map[string]string
	byID   bool
	shows  string
}

func main() {
	host := os.Args[1]
	play("Ram", ramSteps(host))
	bastionhost := caller(host, "2019-12-09", map[string]string{"InstanceId": "bastionhost-cn-demo0001"})
	play("Bastionhost", commonSteps(bastionhost, map[string]action{
		"create": {"CreateUser", map[string]string{"Source": "Local", "UserName": "bob", "Password": "Correct-Horse-7"}, false, ""},
		"read":   {"GetUser", nil, true, `"UserName":"bob"`},
		"update": {"ModifyUser", map[string]string{"Comment": "on call"}, true, "RequestId"},
		"list":   {"ListUsers", map[string]string{"UserName": "bob"}, false, `"Comment":"on call"`},
		"lock":   {"LockUsers", map[string]string{"UserIds": `["USER_ID"]`}, false, `"Code":"OK"`},
		"unlock": {"UnlockUsers", map[string]string{"UserIds": `["USER_ID"]`}, false, `"Code":"OK"`},
		"delete": {"DeleteUser", nil, true, "RequestId"},
	}))
	eiam := caller(host, "2021-12-01", map[string]string{"InstanceId": "idaas_demo0001"})
	play("Eiam", commonSteps(eiam, map[string]action{
		"create": {"CreateUser", map[string]string{
			"Username":                    "carol",
			"PrimaryOrganizationalUnitId": "ou_root_demo0001",
			"CustomFields.1.FieldName":    "nick_name",
			"CustomFields.1.FieldValue":   "Caz",
		}, false, ""},
		"read":   {"GetUser", nil, true, `"FieldValue":"Caz"`},
		"update": {"UpdateUser", map[string]string{"DisplayName": "Carol"}, true, "RequestId"},
		"list":   {"ListUsers", nil, false, `"DisplayName":"Carol"`},
		"lock":   {"DisableUser", nil, true, "RequestId"},
		"unlock": {"EnableUser", nil, true, "RequestId"},
		"delete": {"DeleteUser", nil, true, "RequestId"},
	}))
}
