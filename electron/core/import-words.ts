// What an import says of itself. Pure.
import type { ImportPlan, ImportStep } from './import-plan.ts';
import { size } from './import-refusal.ts';

export function importPlanText(plan: ImportPlan): string {
  const lines = [
    ...plan.steps.map((step, index) => `  ${index + 1}. ${importStepText(plan, step)}\n`),
    ...(plan.steps.length === 0
      ? [`  Nothing is left to do: an earlier import has copied it all to ${plan.to}.\n`]
      : []),
    ...(plan.lostBytes === undefined
      ? []
      : [`\nThis deletes for good what ${plan.to} holds now: ${size(plan.lostBytes)} of Macula's own.\n`]),
    ...afterwards(plan).map((line) => `\n${line}\n`),
  ];
  const files = `${plan.files} file${plan.files === 1 ? '' : 's'}, ${size(plan.bytes)}`;
  return `Import older data of ${plan.title} from ${plan.from} (${files})\n\n${lines.join('')}`;
}

export function importStepText({ title }: Pick<ImportPlan, 'title'>, step: ImportStep): string {
  switch (step.kind) {
    case 'stop-service':
      return `Stop ${title}.`;
    case 'copy':
      return `Copy ${step.from} to ${step.to}${step.replaces ? ' in the place of what is there' : ''}, and compare the two.`;
    case 'remove-volume':
      return `Remove the volume ${step.name}, which is not Macula's and stands in its way.`;
    case 'start-service':
      return `Start ${title}.`;
  }
}

export function importDoneText(plan: ImportPlan): string {
  const start = plan.steps.some(({ kind }) => kind === 'start-service') ? '' : ` macula up ${plan.service} starts it.`;
  const old =
    plan.kept === undefined
      ? `${plan.from} is as it was`
      : `What was in it before is in ${plan.kept} too, untouched by Macula`;
  return `${plan.title} has the older data.${start}\n${old}; when all is well, docker volume rm ${plan.kept ?? plan.from} removes it.\n`;
}

function afterwards(plan: ImportPlan): readonly string[] {
  const old =
    plan.kept === undefined
      ? `${plan.from} is only read, and stays as it is.`
      : `${plan.kept} stays. Whatever happens on the way, one of the two volumes is whole, and another run finishes it.`;
  return [old, ...plan.notes];
}
