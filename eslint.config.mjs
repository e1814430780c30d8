import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: [".stryker-tmp/", "dist/", "dist.making/", "plugin/provider.js", "node_modules/", "coverage/"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "max-depth": ["error", 3],
      "max-params": ["error", 4],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, varsIgnorePattern: "^_" }],
      eqeqeq: "error",
      "no-duplicate-imports": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector:
            ":matches(SpreadElement, ExperimentalSpreadProperty) > :matches(ObjectExpression, ArrayExpression)",
          message: "A spread of a literal only steers the formatter: write what it holds.",
        },
        {
          selector: "VariableDeclarator[id.type='ArrayPattern'] > ArrayExpression:not(:has(> SpreadElement))",
          message: "Declare each name by itself.",
        },
      ],
      "no-console": "error",
    },
  },
  {
    files: ["**/*.cjs"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    // Node's own test runner waits for the promises that `test` returns.
    files: ["examples/testing/*.test.ts"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
  {
    files: ["tests/**/*.ts", "scripts/**", "proofs/**"],
    rules: { "max-lines": "off", "max-params": "off", "no-console": "off" },
  },
);
