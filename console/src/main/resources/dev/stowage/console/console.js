'use strict';

// Remaining times count down while the page is open. A frozen clock has no countdown.
const loaded = Date.now();

function countDown() {
  const elapsed = Math.floor((Date.now() - loaded) / 1000);
  for (const shown of document.querySelectorAll('[data-countdown]')) {
    const seconds = Number(shown.dataset.countdown) - elapsed;
    if (shown.dataset.countdown !== '') {
      shown.textContent = seconds < 0 ? 'expired' : `${seconds} s`;
    }
  }
}

setInterval(countDown, 1000);

// What cannot be undone asks first.
document.addEventListener('submit', (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question !== undefined && !window.confirm(question)) {
    event.preventDefault();
  }
});

// A form with one choice is sent when the choice is made.
document.addEventListener('change', (event) => {
  if (event.target.dataset.submit !== undefined) {
    event.target.form.submit();
  }
  if (event.target.name === 'kind') {
    showFieldsOf(event.target);
  }
});

// Some fields belong to one kind of fault.
function showFieldsOf(kind) {
  for (const field of kind.form.querySelectorAll('[data-for-kind]')) {
    field.hidden = field.dataset.forKind !== kind.value;
  }
}

document.querySelectorAll('select[name=kind]').forEach(showFieldsOf);

// A document is imported when it is chosen or dropped.
async function importDocument(area, file) {
  const result = area.querySelector('.result');
  result.textContent = `Importing ${file.name} …`;
  const response = await fetch(area.dataset.import, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: file,
  });
  if (response.ok) {
    const created = response.status === 200 ? (await response.json()).installs : [];
    const ids = created.map((install) => install.installId).join(', ');
    result.textContent = `Imported${ids === '' ? '' : ` as install ${ids}`}. Reload the page to see it.`;
  } else {
    const problem = await response.json();
    result.textContent = `Not imported: ${problem.detail}`;
  }
}

for (const area of document.querySelectorAll('[data-import]')) {
  const choice = area.querySelector('input[type=file]');
  choice.addEventListener('change', () => {
    if (choice.files.length > 0) {
      importDocument(area, choice.files[0]);
    }
  });
  area.addEventListener('dragover', (event) => {
    event.preventDefault();
    area.classList.add('over');
  });
  area.addEventListener('dragleave', () => area.classList.remove('over'));
  area.addEventListener('drop', (event) => {
    event.preventDefault();
    area.classList.remove('over');
    if (event.dataTransfer.files.length > 0) {
      importDocument(area, event.dataTransfer.files[0]);
    }
  });
}
