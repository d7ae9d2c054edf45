import {execFile} from 'node:child_process'
import {expect, inject} from 'vitest'

export interface Answer {
  code: number
  stdout: string
  stderr: string
}

/** Runs a third-party client, found on the path, to its end. */
export function run(command: string, args: readonly string[], cwd?: string): Promise<Answer> {
  return runIn(inject('deployed').env, command, args, cwd)
}

/** The same against another account. */
export function runIn(
  env: Record<string, string>,
  command: string,
  args: readonly string[],
  cwd?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    execFile(command, args, {env, cwd, maxBuffer: 64 * 1024 * 1024}, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error)
      else resolve({code: Number(error?.code ?? 0), stdout, stderr})
    })
  })
}

/** What the AWS CLI prints for a command that must work: the document, or undefined where it prints none. */
export async function aws(...args: string[]): Promise<any> {
  const {code, stdout, stderr} = await run('aws', args)
  expect(stderr, `aws ${args.join(' ')}`).toBe('')
  expect(code).toBe(0)
  return stdout.trim() === '' ? undefined : JSON.parse(stdout)
}

/** What the AWS CLI prints for people, where it knows no JSON: `aws s3`. */
export async function awsText(...args: string[]): Promise<string> {
  const {code, stdout, stderr} = await run('aws', args)
  expect(stderr, `aws ${args.join(' ')}`).toBe('')
  expect(code).toBe(0)
  return stdout
}

/** The code and message of the error with which the AWS CLI must end. */
export async function awsError(...args: string[]): Promise<{code: string; message: string}> {
  const {code: exit, stdout, stderr} = await run('aws', args)
  expect(stdout).toBe('')
  expect(exit).toBeGreaterThan(0)
  const [, code = '', message = ''] =
    /An error occurred \(([\w.]+)\) when calling the \w+ operation(?: \(reached max retries: 0\))?: (.*)/.exec(
      stderr,
    ) ?? []
  expect(code, stderr).not.toBe('')
  return {code, message: message.trim()}
}
