const packages = import.meta.glob<string>('../../package.json', { eager: true, import: 'version' });

export const version: string = Object.values(packages)[0] ?? '';
