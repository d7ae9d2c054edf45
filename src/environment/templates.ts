import path from 'node:path'
import {packageRoot} from './package-root.js'

/** The folder with the templates: MCPGW_TEMPLATES_DIR, else `cloudformation` in the package. */
export function templatesFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env.MCPGW_TEMPLATES_DIR || path.join(packageRoot(), 'cloudformation')
}
