export const loadSample = async () => [];
