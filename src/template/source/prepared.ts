import type {Prepared} from './located.js'

/**
 * YAML that was read when the program was built, as `prepare` writes it, by the SHA-256 of its text. The build fills
 * in the program's own templates, in which it has found no problem: reading and checking them takes longer than all else
 * that a short command does.
 */
export const preparedYaml: Readonly<Record<string, Prepared>> = {}
