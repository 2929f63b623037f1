import type { LanguageTerms } from "../category-terms.ts";

export const italian: LanguageTerms = {
  invoice: {
    names:
      "fattura; parcella; nota proforma; fattura proforma; nota di credito; fattura elettronica; avviso di fattura; notula; nota spese; bolletta",
    strong:
      "numero fattura; fattura n; fattura nr; data fattura; data emissione; scadenza; data di scadenza; intestata a; spett le; imponibile; base imponibile; iva; aliquota; aliquota iva; totale fattura; totale da pagare; totale dovuto; importo totale; netto a pagare; modalità di pagamento; condizioni di pagamento; termini di pagamento; pagamento a # giorni; entro # giorni; a # giorni; bonifico; bonifico bancario; coordinate bancarie; partita iva; p iva; codice fiscale; codice destinatario; ritenuta d'acconto; ritenuta; marca da bollo; cassa previdenza; prestazioni; onorario; compenso; interessi di mora; reverse charge; saldo; rata; capitale sociale; rea; prezzo unitario",
    usual:
      "iban; quantità; importo; descrizione; prezzo; totale; subtotale; sconto; netto; ore; cliente; riferimento; unità; qtà; spese; intestatario",
  },
  receipt: {
    names:
      "ricevuta; scontrino; scontrino fiscale; documento commerciale; ricevuta di pagamento; ricevuta fiscale; quietanza",
    strong:
      "cassa; cassiere; cassiera; operatore; grazie e arrivederci; arrivederci; grazie per la visita; grazie per l'acquisto; resto; contanti; contante; pagamento contante; pagamento elettronico; carta; bancomat; contactless; autorizzazione; terminale; importo pagato; totale complessivo; di cui iva; reparto; conservare lo scontrino; conservare; resi; cambio merce; ricevo; ricevuto da; la somma di; per quietanza; pagato; tavolo; coperti; coperto; mancia; documento di vendita; punti; tessera; negozio; art",
    usual: "totale; iva; subtotale; articoli; data; ora; pezzi; eur; prezzo; q tà",
  },
  purchase_order: {
    names:
      "ordine di acquisto; ordine; ordine d'acquisto; buono d'ordine; ordine fornitore; conferma d'ordine; commissione",
    strong:
      "numero ordine; ordine n; ordine nr; n ordine; data ordine; vi ordiniamo; ordiniamo; con la presente ordiniamo; vogliate fornire; vogliate fornirci; vi preghiamo di fornire; si prega di fornire; vi preghiamo di consegnare; si prega di confermare; confermare; conferma; consegna; luogo di consegna; indirizzo di consegna; consegnare a; data di consegna; termine di consegna; consegna entro; fornitore; acquirente; ufficio acquisti; acquisti; vostra offerta; vs offerta; come da offerta; preventivo; condizioni di consegna; condizioni di fornitura; fornitura; franco; porto franco; resa; imballo; imballaggio; trasporto; ddt; bolla; documento di trasporto; fatturare a; riportare il numero; citare il numero; codice articolo; codice; quantità ordinata; magazzino; autorizzato da; totale ordine; merce",
    usual:
      "quantità; prezzo unitario; descrizione; importo; totale; iva; unità; pezzi; pz; articolo; colli; q tà; prezzo; sconto; pallet; netto",
  },
  contract: {
    names:
      "contratto; accordo; scrittura privata; contratto di locazione; contratto di lavoro; contratto di prestazione; contratto di compravendita; convenzione; accordo di riservatezza; contratto di servizi; contratto di appalto; incarico professionale; disciplinare d'incarico",
    strong:
      "tra; premesso che; premesse; si conviene e si stipula; si conviene; quanto segue; convengono; di seguito; di seguito denominato; in seguito; le parti; ciascuna parte; ciascuna delle parti; l'altra parte; da una parte; dall'altra; oggetto del contratto; oggetto; durata; decorrenza; recesso; recedere; disdetta; preavviso; risoluzione; inadempimento; clausola risolutiva; responsabilità; riservatezza; forza maggiore; legge applicabile; foro competente; controversie; si obbliga a; si impegna a; il locatore; il conduttore; il committente; l'appaltatore; il prestatore; il venditore; l'acquirente; il cliente; il datore di lavoro; il lavoratore; il fornitore; corrispettivo; canone; deposito cauzionale; penale; rinnovo; tacito rinnovo; in duplice copia; letto confermato e sottoscritto; presente contratto; presente accordo; proprietà intellettuale; cessione; ai sensi dell'art; ai sensi e per gli effetti; codice civile; clausole",
    usual:
      "articolo; art; obblighi; firma; per iscritto; pagamento; prezzo; termine; condizioni; allegato; diritto; parte",
  },
  letter: {
    names: "lettera; lettera di presentazione; lettera di reclamo; raccomandata",
    strong:
      "gentile signora; gentile signor; gentile cliente; gentile; gentilissim*; egregio signore; egregio; egregi; spettabile; cara; caro; cari; distinti saluti; cordiali saluti; cordialmente; in fede; con i migliori saluti; un cordiale saluto; porgo; porgiamo; colgo l'occasione; in attesa di; in attesa di un; resto a disposizione; rimango a disposizione; restiamo a disposizione; la ringrazio; vi ringrazio; ringraziando; le scrivo; vi scrivo; mi rivolgo; mi permetto; con la presente; in riferimento alla; facendo seguito; la sua lettera; vostra lettera; mi dispiace; ci dispiace; mi scuso; ci scusiamo; allego; in allegato; alla cortese attenzione; oggetto; vorrei; la prego; la preghiamo; spero",
    usual: "io; mi; mio; mia; lei; suo; sua; vi; noi; nostro; nostra; grazie; saluti; prego; signora; signor",
  },
  resume: {
    names: "curriculum vitae; curriculum; cv; profilo professionale; formato europeo",
    strong:
      "esperienza; esperienza professionale; esperienze lavorative; esperienze professionali; esperienza lavorativa; istruzione; istruzione e formazione; formazione; studi; titolo di studio; laurea; laurea magistrale; laurea triennale; diploma; dottorato; master; competenze; competenze informatiche; capacità; conoscenze; lingue; lingue straniere; madrelingua; fluente; ottimo; buono; scolastico; interessi; hobby; dati personali; informazioni personali; data di nascita; nato a; nata a; nazionalità; cittadinanza; patente; patente b; stage; tirocinio; ad oggi; oggi; in corso; presente; profilo; referenze; volontariato; corsi; certificazioni; trattamento dei dati personali; autorizzo il trattamento; votazione; cum laude; 110",
    usual:
      "università; istituto; liceo; scuola; responsabile; gestione; team; sviluppo; inglese; francese; tedesco; italiano; azienda; assistente; ingegner*; progetti; anni",
  },
  report: {
    names:
      "relazione; rapporto; relazione annuale; rapporto annuale; bilancio; relazione finale; studio; indagine; bilancio sociale; resoconto; valutazione; relazione tecnica",
    strong:
      "sintesi; principali risultati; risultati principali; raccomandazioni; si raccomanda; raccomandiamo; conclusioni; metodologia; contesto; indice; allegati; rispetto all'anno precedente; anno precedente; aumentato; diminuito; è aumentato; è diminuito; in aumento; in calo; per cento; aumento; diminuzione; calo; crescita; indagine; intervistati; questionario; commissionat*; presente relazione; il presente rapporto; questo rapporto; figura #; grafico #; tabella #; esercizio; dati principali; prospettive; indicatori; andamento; media; in media; tendenza",
    usual:
      "analisi; dati; risultati; totale; quota; anno; trimestre; fonte; numero; obiettivi; variazione; settore; regione; attività; tasso",
  },
  research_paper: {
    names: "articolo di ricerca; articolo scientifico; tesi; tesi di laurea; sommario; abstract",
    strong:
      "riassunto; sommario; parole chiave; abstract; introduzione; metodi; materiali e metodi; metodologia; risultati; discussione; conclusioni; ringraziamenti; bibliografia; riferimenti bibliografici; riferimenti; et al; proponiamo; presentiamo; mostriamo; abbiamo misurato; in questo articolo; questo articolo; in questo lavoro; ipotesi; campione; campioni; significativ*; deviazione standard; regressione; varianza; correlazione; coefficiente; modello; esperiment*; partecipanti; letteratura; stato dell'arte; equazione; rivista; vol; pp; doi; dipartimento di; studi precedenti",
    usual:
      "università; istituto; facoltà; studio; dati; analisi; figura; tabella; distribuzione; parametr*; metodo; effetto; osservat*; stima",
  },
  manual: {
    names:
      "manuale; manuale d'uso; manuale utente; istruzioni per l'uso; istruzioni; guida rapida; manuale di istruzioni; guida utente; guida all'installazione; libretto di istruzioni; istruzioni di montaggio",
    strong:
      "avvertenza; avvertenze; attenzione; pericolo; cautela; norme di sicurezza; istruzioni di sicurezza; sicurezza; prima dell'uso; prima del primo utilizzo; primo utilizzo; messa in funzione; leggere; leggere attentamente; conservare; manutenzione; pulizia; pulire; risoluzione dei problemi; problema; causa; rimedio; soluzione; guasti; codice errore; dati tecnici; caratteristiche tecniche; specifiche tecniche; premere; premi; tenere premuto; pulsante; tasto; ruotare; girare; collegare; scollegare; spina; presa; presa di corrente; cavo di alimentazione; alimentazione; l'apparecchio; accendere; spegnere; lampeggia; si accende; display; spia; rimuovere; inserire; posizionare; aprire; chiudere; controllare; assicurarsi; verificare; riempire; non utilizzare; mai; regolare; regolazione; vite; viti; garanzia; assistenza; centro assistenza; ricambi; contenuto della confezione; elettricista; installazione; montaggio; fare clic; selezionare; menu; impostazioni; smaltimento",
    usual:
      "apparecchio; acqua; serbatoio; filtro; batteria; pile; temperatura; minuti; secondi; passo; figura; tensione; cavo; software; programma; bambini; coperchio; pompa; uso; dispositivo",
  },
  form: {
    names:
      "modulo; domanda; modulo di richiesta; modulo di iscrizione; questionario; richiesta di; domanda di; scheda di iscrizione; autocertificazione; dichiarazione; iscrizione; scheda",
    strong:
      "compilare; da compilare; in stampatello; stampatello; barrare; barrare la casella; barrare la voce; casell*; campi obbligatori; obbligatori*; nome; cognome; nome e cognome; nato a; data di nascita; luogo di nascita; codice fiscale; residente; residenza; residente in; indirizzo; cap; comune; provincia; telefono; cellulare; cittadinanza; stato civile; professione; il sottoscritto; la sottoscritta; il la sottoscritto a; sottoscritt*; dichiara; dichiaro; chiede; chiedo; autorizzo; acconsento; firma; firma del richiedente; richiedente; luogo e data; riservato all'ufficio; spazio riservato; a cura dell'ufficio; allegare; documenti da allegare; in caso affermativo; specificare; sì no; consegnare; genitore; d p r 445; parte 1",
    usual: "data; email; e mail; sì; no; sesso; via; numero; dati; motivo; presso; n",
  },
  bank_statement: {
    names: "estratto conto; lista movimenti; estratto conto corrente; movimenti; rendiconto; conto corrente; estratto",
    strong:
      "saldo iniziale; saldo finale; saldo precedente; saldo; saldo contabile; saldo disponibile; data valuta; data contabile; data operazione; valuta; descrizione operazione; dare; avere; addebiti; accrediti; addebito; accredito; movimenti; bonifico; bonifico a vostro favore; giroconto; prelievo; prelievo bancomat; pagamento pos; pagamento carta; stipendio; emolumenti; affitto; canone; commissioni; commissione; interessi; competenze; imposta di bollo; rid; sdd; addebito diretto; utenze; intestatario; intestato a; intestatario del conto; numero conto; conto n; iban; bic; filiale; agenzia; totale addebiti; totale accrediti; totale movimenti; fondo interbancario; fido; assegno; versamento",
    usual: "data; importo; conto; pagina; periodo; totale; banca; eur; luce; gas; assicurazione; uscite; entrate",
  },
  meeting_minutes: {
    names:
      "verbale; verbale di riunione; verbale della riunione; verbale di assemblea; verbale dell'assemblea; verbale del consiglio; resoconto della riunione; riunione; assemblea",
    strong:
      "presenti; sono presenti; assenti; assenti giustificati; giustificati; ordine del giorno; odg; presidente; presiede; segretario; segretaria; verbalizzante; funge da segretario; numero legale; quorum; la seduta è aperta; seduta; apre la seduta; dichiara aperta; alle ore; la seduta è tolta; chiude la seduta; si chiude; verbale della seduta precedente; seduta precedente; precedente riunione; approvazione del verbale; approva; approvato; approvata; all'unanimità; unanimità; astenuti; astenut*; voti; voti favorevoli; contrari; votazione; delibera; deliberato; si delibera; l'assemblea delibera; varie ed eventuali; prossima riunione; prossimo incontro; riferisce; informa; illustra; propone; chiede; ringrazia; interviene; responsabile; scadenza; azioni; consiglieri; soci; condomini; consiglio direttivo; tesoriere; punto #; prima convocazione; seconda convocazione; deleghe",
    usual: "punto; punti; relazione; discussione; sala; membri; incontro; chi; entro; ore; bilancio",
  },
  press_release: {
    names: "comunicato stampa; nota stampa; comunicato; cartella stampa",
    strong:
      "per la diffusione immediata; diffusione immediata; per pubblicazione immediata; embargo; contatti stampa; contatto stampa; ufficio stampa; contatti per la stampa; annuncia; ha annunciato; presenta; inaugura; inaugurazione; lancia; lancio; apre; aprirà; apre al pubblico; dichiara; ha dichiarato; afferma; ha affermato; commenta; ha commentato; spiega; ha spiegato; sottolinea; ha detto; aggiunge; secondo; informazioni su; chi è; chi siamo; amministratore delegato; direttore; direttrice; portavoce; fondatore; fondatrice; fondata nel; note per le redazioni; note per i redattori; immagini disponibili; fotografie; per ulteriori informazioni; per maggiori informazioni; per la prima volta; è lieta di",
    usual:
      "nuovo; nuova; oggi; progetto; milioni; pubblico; evento; città; visitatori; premio; azienda; stampa; apertura; regione",
  },
  policy: {
    names:
      "politica; regolamento; regolamento interno; codice di condotta; codice etico; linee guida; procedura; informativa; regolamento aziendale; norme; direttiva; politica aziendale",
    strong:
      "la presente politica; il presente regolamento; presente procedura; scopo; finalità; campo di applicazione; ambito di applicazione; si applica a; si applica; dipendenti; collaboratori; il personale; tutto il personale; lavoratori; devono; deve; non possono; non è consentito; è vietato; vietat*; è fatto divieto; divieto; autorizzazione preventiva; previa autorizzazione; responsabile; superiore; principi; responsabilità; obblighi; violazioni; violazione; inosservanza; sanzioni; sanzioni disciplinari; provvedimenti disciplinari; disciplinar*; licenziamento; entrata in vigore; in vigore; approvat*; approvato da; revisione; prossima revisione; versione; aggiornamento; definizioni; eccezioni; segnalare; segnalazione; segnalazioni; risorse umane; dati personali; protezione dei dati; conformità; riservatezza; conflitto di interessi; omaggi; smart working; lavoro agile; formazione",
    usual:
      "regole; azienda; sicurezza; salute; lavoro; attrezzatur*; spese; rimbors*; richiesta; diritti; accesso; informazioni",
  },
  presentation: {
    names: "presentazione; diapositive; slide",
    strong:
      "agenda; indice; grazie; grazie per l'attenzione; grazie dell'attenzione; domande; prossimi passi; il nostro team; la nostra missione; la nostra visione; obiettivi; sfide; il problema; la soluzione; conclusioni; punti chiave; in sintesi; da ricordare; tabella di marcia; roadmap; calendario; a che punto siamo; numeri chiave; contesto; opportunità; panoramica",
    usual:
      "crescita; mercato; clienti; squadra; team; strategia; risultati; vendite; piano; progetto; partner; lancio; investimento",
  },
  brochure: {
    names:
      "opuscolo; dépliant; depliant; brochure; volantino; catalogo; programma; listino; listino prezzi; menù; guida",
    strong:
      "prenota; prenotate; prenota ora; prenotazioni; prenotazione; scopri; scoprite; vieni a; venite; visita; visitate; visitaci; vi aspettiamo; ti aspettiamo; assapora; gustare; goditi; godetevi; chiama; chiamaci; contattaci; orari; orari di apertura; aperto; aperto tutti i giorni; ingresso libero; ingresso gratuito; gratis; gratuit*; come arrivare; come raggiungerci; benvenut*; i nostri servizi; i nostri corsi; offerta valida; offerta; offerta speciale; sconto; buono regalo; a persona; per persona; a notte; a partire da; da #; per tutta la famiglia; tutta la famiglia; bambini; adulti; perché; perché scegliere; visite guidate; visita guidata; indimenticabil*; autentic*; artigianal*; fatto a mano; fatto in casa; iscriviti; tutto l'anno; posti limitati",
    usual:
      "vacanze; fine settimana; laboratori; relax; natura; hotel; museo; giardino; gruppi; sabato; domenica; lunedì; prezzi; famiglia; soggiorno; fresco; mare; escursioni",
  },
  legal_filing: {
    names:
      "atto di citazione; ricorso; sentenza; decreto ingiuntivo; comparsa di risposta; comparsa di costituzione; ordinanza; querela; memoria; appello; citazione; precetto",
    strong:
      "tribunale di; tribunale civile; tribunale ordinario; corte d'appello; corte di cassazione; giudice di pace; tribunale; ill mo; r g; rg n; ruolo generale; attore; attrice; convenuto; convenuta; parte attrice; parte convenuta; ricorrente; resistente; appellante; avvocato; avv; rappresentato e difeso; rappresentata e difesa; difensore; procura; elettivamente domiciliat*; domicilio eletto; premesso; in fatto; in diritto; fatto e diritto; svolgimento del processo; motivi della decisione; p q m; per questi motivi; voglia; voglia l'ill mo; piaccia; conclude; rassegna; chiede che; condannare; condanna; accoglie; rigetta; rigettare; cita; a comparire; udienza; codice civile; c c; c p c; codice di procedura civile; risarcimento; danni; spese di lite; rifusione delle spese; interessi legali; in nome del popolo italiano; giudice; si producono; doc n; istruttoria; con vittoria di spese; inadempimento; notificare",
    usual: "contro; causa; diritto; parte; somma; domanda; legge; art; atto; giustizia; valore; prova",
  },
  medical_report: {
    names:
      "referto; referto medico; lettera di dimissione; cartella clinica; relazione clinica; verbale di pronto soccorso; certificato medico; esami di laboratorio; referto radiologico; relazione medica; visita specialistica",
    strong:
      "paziente; diagnosi; anamnesi; anamnesi patologica; motivo del ricovero; ricovero; ricoverat*; data di ricovero; dimissione; dimess*; data di dimissione; esame obiettivo; all'ingresso; esami; esami ematochimici; accertamenti; decorso; decorso clinico; terapia; terapia alla dimissione; terapia domiciliare; farmaci; compressa; compresse; posologia; al giorno; volte al giorno; pressione arteriosa; frequenza cardiaca; temperatura; saturazione; radiografia; ecografia; tac; risonanza; ecg; emocromo; emoglobina; leucociti; creatinina; glicemia; colesterolo; pcr; valori di riferimento; medico curante; medico di base; collega; ospedale; reparto; unità operativa; azienda ospedaliera; ambulatorio; controllo; follow up; allergie; dolore; frattura; polmonite; ipertensione; diabete; intervento; chirurgic*; anestesia; lesione; acut*; cronic*; conclusioni; reperti; nella norma; si consiglia",
    usual:
      "dottor; dott; dott ssa; mg; sangue; cuore; sinistr*; destr*; ginocchio; polmone; normale; riabilitazione; fisioterapia; cure; anni; nato; nata",
  },
};
