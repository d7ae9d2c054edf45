/**
 * Secret parameters for which AWS generates no value when they are left empty, and what makes use of them. The others are
 * passwords that Secrets Manager generates. Source: the conditions of data-stack.yaml.
 */
export const neverGenerated: Readonly<Record<string, {readonly parameter: string; readonly value: string}>> =
  {
    EmbeddingsApiKey: {parameter: 'EmbeddingsProvider', value: 'litellm'},
  }
