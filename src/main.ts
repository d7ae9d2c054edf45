import {execute} from '@oclif/core/execute'

/** Runs the command that the process was started with. @param dir URL of a file in the package */
export async function run(dir: string): Promise<void> {
  await execute({dir})
}
