import type { LanguageTerms } from "../category-terms.ts";

export const romanian: LanguageTerms = {
  invoice: {
    names: "factură; factură fiscală; factură proformă; notă de credit; aviz de plată",
    strong:
      "factura nr; număr factură; seria; data emiterii; data scadenței; scadență; termen de plată; total de plată; total plată; sumă de plată; tva; cota tva; valoare fără tva; fără tva; cu tva; furnizor; cumpărător; client; cif; cui; nr reg com; cont bancar; transfer bancar; virament; ordin de plată; preț unitar; penalități de întârziere; prestări servicii; în termen de # zile; condiții de plată",
    usual: "total; subtotal; cantitate; preț; valoare; denumire; iban; u m; buc; ore; discount",
  },
  receipt: {
    names: "chitanță; bon fiscal; bon; dovadă de plată",
    strong:
      "casier; casa; vă mulțumim; vă mai așteptăm; mulțumim; numerar; card; rest; am primit de la; am primit; suma de; adică; reprezentând; terminal; autorizare; păstrați bonul; retur; contactless; bacșiș; masa; magazin; nr bon",
    usual: "total; tva; buc; ora; data; lei; suma",
  },
  purchase_order: {
    names: "comandă; comandă de achiziție; notă de comandă; confirmare comandă",
    strong:
      "număr comandă; comanda nr; data comenzii; comandăm; vă rugăm să livrați; vă rugăm să furnizați; furnizor; cumpărător; achiziții; adresa de livrare; loc de livrare; termen de livrare; data livrării; livrare; condiții de livrare; oferta dumneavoastră; conform ofertei; ofertă; confirmare; confirmați; aviz de însoțire; ambalaj; cod articol; depozit; aprobat de; transport",
    usual: "cantitate; preț unitar; valoare; total; buc; denumire; fără tva; marfă",
  },
  contract: {
    names:
      "contract; contract de închiriere; contract de muncă; contract de prestări servicii; contract de vânzare; acord; acord de confidențialitate; act adițional",
    strong:
      "părțile; părțile contractante; denumit în continuare; denumită în continuare; pe de o parte; pe de altă parte; au convenit; încheiat între; încheiat astăzi; obiectul contractului; prezentul contract; prezentului contract; durata contractului; intră în vigoare; se obligă; obligațiile; încetarea contractului; reziliere; rezilierea; denunțare; preaviz; răspundere; răspunderea; daune; penalități; confidențialitate; forța majoră; litigii; instanțele competente; legea aplicabilă; codul civil; locator; locatar; chiriaș; proprietar; prestator; beneficiar; vânzător; cumpărător; angajator; salariat; chirie; garanție; în două exemplare; în scris; cesiune",
    usual: "art; clauze; semnătura; preț; plată; termen; drepturi; condiții",
  },
  letter: {
    names: "scrisoare; scrisoare de intenție",
    strong:
      "stimate; stimată; stimați; dragă; cu stimă; cu respect; cu deosebită considerație; cu drag; vă scriu; vă mulțumesc; vă mulțumim pentru; scrisoarea dumneavoastră; referitor la; îmi pare rău; ne pare rău; regretăm; îmi cer scuze; ne cerem scuze; anexez; atașat; aș dori; am dori; sper; aștept; vă rog; vă rugăm; subiect; cu privire la; nu ezitați",
    usual: "eu; mie; mă; meu; mea; dumneavoastră; noi; nostru; domnule; doamnă",
  },
  resume: {
    names: "curriculum vitae; cv",
    strong:
      "experiență profesională; experiență; educație; educație și formare; studii; competențe; aptitudini; limbi străine; limba maternă; fluent; avansat; hobby uri; interese; date personale; data nașterii; naționalitate; permis de conducere; licență; masterat; liceu; bacalaureat; stagiu; cursuri; certificate; prezent; în prezent; până în prezent; referințe; voluntariat",
    usual:
      "universitatea; facultatea; școala; responsabil; echipă; dezvoltare; engleză; franceză; manager; inginer; proiecte",
  },
  report: {
    names: "raport; raport anual; studiu; dare de seamă; raport de activitate; evaluare",
    strong:
      "rezumat; sinteză; constatări; principalele constatări; rezultate; concluzii; recomandări; recomandăm; metodologie; introducere; cuprins; anexe; față de anul precedent; anul precedent; anul trecut; comparativ cu; a crescut; au crescut; creștere; a scăzut; scădere; la sută; sondaj; respondenți; chestionar; figura #; graficul #; tabelul #; în medie; indicatori; prezentul raport; evoluție",
    usual: "date; analiză; total; pondere; an; trimestru; sursa; număr; obiective",
  },
  research_paper: {
    names: "articol științific; lucrare; rezumat; teză; lucrare de licență",
    strong:
      "rezumat; cuvinte cheie; abstract; introducere; metode; material și metodă; materiale și metode; rezultate; discuții; concluzii; mulțumiri; bibliografie; referințe; et al; în această lucrare; această lucrare; acest articol; ipoteză; ipoteze; eșantion; semnificativ*; deviația standard; regresie; varianță; corelație; model; experiment*; participanți; ecuația; revista; departamentul; doi",
    usual: "universitatea; institutul; facultatea; studiu; date; analiză; figura; tabel; distribuție",
  },
  manual: {
    names:
      "manual de utilizare; manual; instrucțiuni de utilizare; ghid de utilizare; instrucțiuni; manual de instalare; ghid rapid",
    strong:
      "avertisment; atenție; pericol; instrucțiuni de siguranță; siguranță; înainte de prima utilizare; prima utilizare; punere în funcțiune; citiți; păstrați; întreținere; curățare; curățați; depanare; defecțiuni; problemă; cauză; soluție; remediere; cod de eroare; date tehnice; specificații tehnice; apăsați; butonul; buton; țineți apăsat; rotiți; conectați; deconectați; priză; ștecher; cablu de alimentare; alimentare; aparatul; porniți; opriți; clipește; se aprinde; afișaj; ecran; scoateți; introduceți; așezați; deschideți; închideți; verificați; asigurați vă; umpleți; niciodată; nu utilizați; setări; reglare; șurub*; garanție; service; piese de schimb; electrician; instalare; montaj; selectați; meniu",
    usual: "apă; rezervor; filtru; baterie; temperatură; minute; secunde; pas; tensiune; cablu; copii; capac",
  },
  form: {
    names: "formular; cerere; formular de înscriere; chestionar; declarație; fișă de înscriere; adeverință",
    strong:
      "completați; se completează; cu majuscule; litere de tipar; bifați; marcați cu x; câmpuri obligatorii; obligatoriu; nume; prenume; numele și prenumele; data nașterii; locul nașterii; cnp; domiciliu; domiciliul; adresa; strada; cod poștal; localitatea; județ; telefon; cetățenie; stare civilă; profesia; subsemnatul; subsemnata; declar; declar pe propria răspundere; sunt de acord; solicit; solicitant; semnătura; semnătura solicitantului; rezervat; se completează de; documente anexate; dacă da; da nu; reprezentant legal; carte de identitate",
    usual: "data; e mail; da; nu; sex; număr; date; motiv",
  },
  bank_statement: {
    names: "extras de cont; extras de cont bancar; istoric tranzacții",
    strong:
      "sold inițial; sold final; sold; sold anterior; sold disponibil; rulaj; debit; credit; data tranzacției; data valutei; plată; încasare; plată la pos; retragere numerar; retragere atm; transfer; salariu; chirie; comision; dobândă; debitare directă; ordin de plată; cont iban; iban; titular cont; titular; cod swift; sucursala; total debit; total credit; rulaj debitor; rulaj creditor; depunere; perioada; explicații",
    usual: "data; suma; detalii; cont; pagina; banca; ron; lei; asigurare",
  },
  meeting_minutes: {
    names: "proces verbal; proces verbal al ședinței; minuta ședinței; minută; ședință; adunarea generală",
    strong:
      "prezenți; sunt prezenți; participanți; absenți; ordinea de zi; președinte; președintele; secretar; cvorum; ședința a fost deschisă; deschide ședința; deschiderea ședinței; închiderea ședinței; ședința s a încheiat; procesul verbal anterior; ședința anterioară; s a aprobat; aprobat; hotărăște; s a hotărât; hotărâre; în unanimitate; unanimitate; vot; voturi; abțineri; împotrivă; diverse; următoarea ședință; a informat; a propus; a întrebat; a mulțumit; responsabil; termen; sarcini; membri; comitet; consiliu; trezorier",
    usual: "punct; ora; raport; discuții; sala; cine",
  },
  press_release: {
    names: "comunicat de presă; comunicat",
    strong:
      "pentru difuzare imediată; embargo; contact presă; contact media; birou de presă; relații cu presa; anunță; a anunțat; lansează; a lansat; lansare; deschide; inaugurează; va fi deschis; prezintă; a declarat; a spus; a precizat; a adăugat; declară; a subliniat; potrivit; director general; directorul; directoarea; purtător de cuvânt; fondator; fondată; informații suplimentare; mai multe informații; fotografii; pentru prima dată",
    usual: "nou; nouă; astăzi; proiect; milioane; vizitatori; eveniment; oraș; premiu; companie; presă; publicul",
  },
  policy: {
    names:
      "politică; regulament; regulament intern; cod de conduită; cod etic; procedură; politica de confidențialitate; norme",
    strong:
      "prezenta politică; prezentul regulament; scop; scopul; domeniu de aplicare; se aplică; se aplică tuturor; angajații; toți angajații; salariații; personalul; managerii; superior ierarhic; trebuie; au obligația; este interzis; interzis*; nu este permis; este permis; nu pot; aprobare; aprobarea prealabilă; principii; responsabilități; încălcarea; nerespectarea; sancțiuni; disciplinar*; abatere; intră în vigoare; în vigoare; aprobat de; revizuire; următoarea revizuire; versiune; definiții; excepții; raportare; sesizare; resurse umane; date cu caracter personal; protecția datelor; confidențialitate; conflict de interese; cadouri; telemuncă; munca de acasă; instruire",
    usual: "reguli; companie; securitate; sănătate; muncă; echipamente; cheltuieli; cerere; drepturi; acces",
  },
  presentation: {
    names: "prezentare; diapozitive",
    strong:
      "agenda; cuprins; mulțumesc; mulțumim; vă mulțumesc pentru atenție; vă mulțumim pentru atenție; întrebări; pașii următori; următorii pași; echipa noastră; viziune; misiune; obiective; provocări; problema; soluția; concluzii; rezumat; calendar; unde suntem; oportunități; privire de ansamblu",
    usual: "creștere; piață; clienți; echipă; strategie; rezultate; vânzări; plan; proiect",
  },
  brochure: {
    names: "broșură; pliant; catalog; program; listă de prețuri; meniu; ghid; fluturaș",
    strong:
      "rezervă; rezervați; rezervări; descoperă; descoperiți; vino; veniți; vizitați; bucurați vă; bucură te; savurați; sunați; contactați ne; program de funcționare; orar; deschis; zilnic; intrare liberă; intrarea liberă; gratuit; cum ajungeți; bun venit; serviciile noastre; ofertă; ofertă specială; reducere; voucher cadou; de persoană; pe noapte; de la # lei; pentru toată familia; întreaga familie; copii; adulți; de ce; tur ghidat; tururi; de neuitat; artizanal; proaspăt; tradițional; înscrie te; tot anul; vă așteptăm",
    usual: "vacanță; weekend; natură; hotel; muzeu; grădină; sâmbătă; duminică; prețuri; familie",
  },
  legal_filing: {
    names:
      "cerere de chemare în judecată; hotărâre; sentință; apel; recurs; întâmpinare; încheiere; plângere; decizie; acțiune",
    strong:
      "judecătoria; tribunalul; curtea de apel; înalta curte; instanța; către judecătoria; dosar nr; dosar; reclamant; reclamantul; reclamanta; pârât; pârâtul; pârâta; apelant; intimat; avocat; prin avocat; cheamă în judecată; solicit; să dispuneți; obligarea pârâtului; să fie obligat; cheltuieli de judecată; în fapt; în drept; motivele; probe; proba; martori; înscrisuri; codul civil; codul de procedură civilă; despăgubiri; prejudiciu; dobânda legală; pentru aceste motive; în numele legii; admite; respinge; judecător; grefier; onorată instanță",
    usual: "suma; contract; lege; drept; lei; cauza",
  },
  medical_report: {
    names:
      "bilet de externare; scrisoare medicală; raport medical; buletin de analize; fișă medicală; adeverință medicală; protocol operator",
    strong:
      "pacient; pacientul; pacienta; diagnostic; diagnostic principal; anamneză; antecedente; motivele internării; internat*; internare; data internării; externat*; externare; data externării; examen clinic; examen obiectiv; examen fizic; investigații; analize; evoluție; tratament; tratament recomandat; recomandări; medicamente; comprimate; pe zi; tensiune arterială; puls; temperatură; saturație; radiografie; ecografie; ct; rmn; ekg; hemoleucogramă; hemoglobină; leucocite; creatinină; glicemie; colesterol; crp; valori de referință; interval de referință; medic de familie; medic; secția; spital; clinica; ambulatoriu; control; alergii; durere; fractură; pneumonie; hipertensiune; diabet; intervenție chirurgicală; acut; cronic",
    usual: "dr; mg; sânge; inimă; drept; stâng; genunchi; plămân; ani",
  },
};
