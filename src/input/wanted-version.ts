import {mainTemplate} from '../environment/stacks.js'
import {templatesFolder} from '../environment/templates.js'
import {templateOf} from '../steps/deploy/template-set.js'
import {readTemplateFolder} from './template-folder.js'

/**
 * The version that the templates build the images of, unless somebody gives another one.
 * @throws exit code 2 when the templates cannot be read
 */
export function wantedVersion(): string {
  return (
    templateOf(readTemplateFolder(templatesFolder()), mainTemplate).parameters.GitHubBranch?.default ?? ''
  )
}
